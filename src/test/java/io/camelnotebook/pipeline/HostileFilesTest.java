package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no configs at all: each is refused with one message, quickly and in bounded memory. */
class HostileFilesTest {

    private final Path folder;
    private final ConfigFolder configs;

    HostileFilesTest(@TempDir Path folder) {
        this.folder = folder;
        this.configs = new ConfigFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            empty.yaml           | empty.yaml: the file is empty
            empty.json           | empty.json: the file is empty
            comment.yaml         | comment.yaml:1:1: the file is empty
            truncated.json       | truncated.json:1:29: this is not JSON: Unexpected end-of-input
            trailing-comma.json  | trailing-comma.json:2:31: this is not JSON: Unexpected character ('}'
            words.json           | words.json:1:6: this is not JSON: Unrecognized token 'these'
            two-objects.json     | two-objects.json:2:1: this is not JSON: something follows the end of the object
            duplicate-key.json   | duplicate-key.json:3:3: the key 'a' is here a second time, first in line 2
            unclosed.yaml        | unclosed.yaml:2:1: this is not YAML: while parsing a flow sequence
            two-documents.yaml   | two-documents.yaml:2:1: this is not YAML: expected a single document
            tabs.yaml            | tabs.yaml:2:1: this is not YAML
            list.yaml            | list.yaml: expected a map with 'jobs', or a map whose every value has 'notebook', found a list
            tag.yaml             | tag.yaml:1:1: job 'a': expected a map with 'notebook'
            scalar-tag.yaml      | scalar-tag.yaml:1:27: the tag 'tag:yaml.org,2002:python/name:os.system' is not supported
            contains-itself.yaml | contains-itself.yaml:1:18: values are nested more than 100 deep, or contain themselves
            aliases.yaml         | holds more than 1000000 values, repeated aliases counted
            deep.yaml            | deep.yaml:1:103: values are nested more than 100 deep
            deep.json            | deep.json:1:107: values are nested more than 100 deep
            not-utf8.yaml        | not-utf8.yaml:2:16: this is not UTF-8 text
            binary.yaml          | binary.yaml:1:1: this is not UTF-8 text
            long-number.yaml     | long-number.yaml:1:27: '9999
            long-number.json     | long-number.json:1:28: '9999
            nul-path.json        | nul-path.json:1:8: job 'a', field 'notebook': 'a\\u0000.ipynb' is not a path: Nul character not allowed
            """)
    void aFileThatIsNoConfigIsRefusedWithItsPlace(String name, String message) throws IOException {
        assertThat(configs.problems(fixture(name))).singleElement().asString().contains(message);
    }

    @Test
    void whatIsNoNumberIsToldWhereANumberHasABound() {
        assertThat(configs.yamlProblems("""
                        defaults: {timeout: .nan}
                        jobs:
                          a: {notebook: a.ipynb, retries: {backoff: .nan}, parameters: {x: .nan}}
                          b: {notebook: a.ipynb, priority: .nan}
                        """))
                .containsExactly(
                        "x.yaml:1:12: field 'defaults.timeout': expected a duration such as 90s, 30m, 1h30m, PT5M or a"
                                + " number of seconds, found the number NaN",
                        "x.yaml:3:36: job 'a', field 'retries.backoff': expected a number from 1, found the number NaN",
                        "x.yaml:4:26: job 'b', field 'priority': expected a whole number from -1000 to 1000, found the"
                                + " number NaN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cwd: "a\\0b"              | field 'cwd': expected a text without the character NUL, found 'a\\u0000b'
            env: {A: "a\\0b"}         | field 'env.A': expected
            inputs: [x, "a\\0b"]      | field 'inputs': expected
            outputs: {m: "a\\0b"}     | field 'outputs.m': expected
            matrix: {n: [x, "a\\0b"]}, cwd: "${matrix.n}" | field 'cwd': expected
            map: {function: f, over: {file: "a\\0b"}} | field 'map.over.file': expected
            """)
    void aNulIsRefusedWhereNoSystemTakesOne(String field, String message) {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, " + field + "}}"))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void everyDuplicateKeyIsTold() throws IOException {
        assertThat(configs.problems(fixture("duplicate-keys.yaml")))
                .containsExactly(
                        "duplicate-keys.yaml:4:5: the key 'notebook' is here a second time, first in line 3"
                                + " (remove or rename one of them)",
                        "duplicate-keys.yaml:5:3: the key 'a' is here a second time, first in line 2"
                                + " (remove or rename one of them)");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithTheLimit() {
        configs.with(new PipelineLimits(10, 1_000));

        assertThat(configs.yamlProblems("a: {notebook: a.ipynb}" + " ".repeat(979)))
                .containsExactly("x.yaml: the file is larger than the limit of 1000 bytes"
                        + " (keep data in files of their own and name them in parameters)");
    }

    @Test
    void aFileThatIsNotThereIsAProblemLikeAnyOther() {
        assertThat(configs.problems(folder.resolve("nope.yaml")))
                .containsExactly("nope.yaml: there is no such file (check the path)");
    }

    @Test
    void aFolderIsNoConfig() {
        assertThat(configs.problems(folder)).singleElement().asString().contains("this is a folder, not a config file");
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThatThrownBy(() -> PipelineLimits.defaults().withMaxJobs(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(HostileFilesTest.class.getResourceAsStream("hostile/" + name))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
