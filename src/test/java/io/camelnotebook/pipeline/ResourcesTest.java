package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private ConfigFolder configs;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        configs = new ConfigFolder(folder);
    }

    private Resources resources(String pipeline) {
        return Objects.requireNonNull(configs.yaml(pipeline).jobs().get("a"))
                .settings()
                .resources();
    }

    @ParameterizedTest
    @CsvSource({
        "2GiB, 2147483648",
        "2GB, 2000000000",
        "1.5 gib, 1610612736",
        "500MB, 500000000",
        "64KiB, 65536",
        "1TiB, 1099511627776",
        "123B, 123",
        "5000000, 5000000"
    })
    void amountsOfMemoryHaveUnits(String text, long bytes) {
        assertThat(Sizes.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2G", "two GiB", "-1GB", "1e9", "GiB", "99999999999999999999", "9000000000 GiB"})
    void anythingElseIsNone(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }

    @Test
    void aJobHasItsOwnOrElseTheDefaults() {
        assertThat(resources("jobs: {a: {notebook: a.ipynb}}")).isEqualTo(Resources.NONE);
        assertThat(resources("jobs: {a: {notebook: a.ipynb, resources: {memory: 2GiB, threads: 3}}}"))
                .isEqualTo(new Resources(OptionalLong.of(2L << 30), OptionalInt.of(3)));
        assertThat(resources("defaults: {resources: {memory: 5000000}}\njobs: {a: {notebook: a.ipynb}}"))
                .isEqualTo(new Resources(OptionalLong.of(5_000_000), OptionalInt.empty()));
        assertThat(resources("defaults: {resources: {memory: 2GiB}}\njobs: {a: {notebook: a.ipynb, resources: {}}}"))
                .isEqualTo(Resources.NONE);
    }

    @Test
    void anAmountThatIsNoneIsRefusedAtItsPlace() {
        assertThat(configs.yamlProblems("jobs:\n  a:\n    notebook: a.ipynb\n    resources: {memory: 2G}\n"))
                .containsExactly(
                        "x.yaml:4:17: job 'a', field 'resources.memory': expected an amount of memory of at least"
                                + " 1MiB, found the text '2G' (such as 2GiB, 500MB or a number of bytes)");
    }

    @Test
    void aNumberWithoutAUnitThatCannotBeMeantIsRefused() {
        assertThat(configs.yamlProblems("defaults: {resources: {memory: 2}}\njobs: {a: {notebook: a.ipynb}}"))
                .singleElement()
                .asString()
                .contains(
                        "field 'defaults.resources.memory': expected an amount of memory of at least 1MiB, found the number 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{threads: 0}", "{threads: 1.5}", "{threads: all}", "{cores: 2}", "2GiB"})
    void whatTheGrammarDoesNotHaveIsRefused(String resources) {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, resources: " + resources + "}}"))
                .singleElement()
                .asString()
                .contains("resources");
    }
}
