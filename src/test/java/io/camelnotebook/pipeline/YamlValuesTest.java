package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The types of values in YAML are those of YAML 1.2's core schema. */
class YamlValuesTest {

    private final ConfigFolder configs;

    YamlValuesTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5                    | 5
            +5                   | 5
            -0                   | 0
            0x1F                 | 31
            0o17                 | 15
            017                  | 17
            3000000000           | 3000000000
            99999999999999999999 | 99999999999999999999
            1.50                 | 1.5
            1e3                  | 1000.0
            true                 | true
            True                 | true
            yes                  | "yes"
            no                   | "no"
            null                 | null
            ~                    | null
            "5"                  | "5"
            2026-01-31           | "2026-01-31"
            2026-01-31T10:00:00Z | "2026-01-31T10:00:00Z"
            12:30                | "12:30"
            1_000                | "1_000"
            NaN                  | "NaN"
            !!str 5              | "5"
            {1: a, true: b}      | {"1":"a","true":"b"}
            """)
    void valuesHaveTheTypesOfTheCoreSchema(String written, String json) {
        assertThat(value(written)).hasToString(json);
    }

    @Test
    void numbersMayBeInfiniteOrNone() {
        assertThat(value(".inf").doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(value("-.Inf").doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(value(".nan").doubleValue()).isNaN();
    }

    @Test
    void wholeNumbersHaveTheNarrowestType() {
        assertThat(value("5").isInt()).isTrue();
        assertThat(value("-2147483648").isInt()).isTrue();
        assertThat(value("2147483648").isLong()).isTrue();
        assertThat(value("-9223372036854775808").isLong()).isTrue();
        assertThat(value("9223372036854775808").isBigInteger()).isTrue();
    }

    @Test
    void anAliasStandsForAValueAsOftenAsItIsUsed() {
        StringBuilder batch = new StringBuilder("first: &shared {notebook: a.ipynb, data: [1, 2]}\n");
        for (int i = 0; i < 200; i++) {
            batch.append("e").append(i).append(": *shared\n");
        }

        assertThat(configs.yaml(batch.toString()).size()).isEqualTo(201);
    }

    @Test
    void aMergeKeyAddsWhatIsNotThere() {
        Pipeline pipeline =
                configs.yaml("a: &a {notebook: a.ipynb, x: 1, y: 2}\nb:\n  <<: *a\n  notebook: b.ipynb\n  y: 3\n");

        assertThat(pipeline.job("b").job(0).parameters().get("config"))
                .hasToString("{\"notebook\":\"b.ipynb\",\"y\":3,\"x\":1}");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(configs.yaml("\uFEFFa: {notebook: a.ipynb}").jobs()).containsOnlyKeys("a");
        assertThat(configs.json("\uFEFF{\"a\": {\"notebook\": \"a.ipynb\"}}").jobs())
                .containsOnlyKeys("a");
    }

    @Test
    void jsonGivesTheSameValues() {
        Pipeline pipeline = configs.json("{\"a\": {\"notebook\": \"a.ipynb\", \"x\": [5, 3000000000,"
                + " 99999999999999999999, 1.50, true, null, \"\\u00e9\"]}}");

        assertThat(pipeline.job("a").job(0).parameters().at("/config/x"))
                .hasToString("[5,3000000000,99999999999999999999,1.5,true,null,\"é\"]");
    }

    private JsonNode value(String written) {
        Pipeline pipeline = configs.yaml("a:\n  notebook: a.ipynb\n  x: " + written + "\n");
        return pipeline.job("a").job(0).parameters().at("/config/x");
    }
}
