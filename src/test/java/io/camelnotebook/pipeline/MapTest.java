package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapTest {

    private final ConfigFolder configs;

    MapTest(@TempDir Path folder) {
        this.configs = new ConfigFolder(folder);
    }

    private Job job(String map) {
        return configs.yaml("""
                        jobs:
                          pairs: {notebook: a.ipynb}
                          match: {notebook: b.ipynb, needs: pairs, map: %s}
                        """.formatted(map)).job("match").job(0);
    }

    private List<String> problems(String map) {
        return configs.yamlProblems("""
                jobs:
                  pairs: {notebook: a.ipynb}
                  match:
                    notebook: b.ipynb
                    needs: pairs
                    map: %s
                """.formatted(map));
    }

    @Test
    void aJobWithoutAMapIsItsNotebookAsAWhole() {
        Job job = configs.yaml("jobs: {a: {notebook: a.ipynb}}").job("a").job(0);

        assertThat(job.settings().map()).isEmpty();
        assertThat(job.items()).isEmpty();
    }

    @Test
    void aFunctionIsCalledWithOneItemAtATimeInOrderUnlessTheMapSaysOtherwise() {
        assertThat(job("{function: f, over: [1]}").settings().map())
                .contains(new MapSpec("f", false, OptionalInt.empty(), true, OnItemError.RECORD));
        assertThat(job("{function: f, over: [1], chunk: auto}").settings().map())
                .contains(new MapSpec("f", false, OptionalInt.empty(), true, OnItemError.RECORD));
        assertThat(job("{function: Größe.von, over: [1], unpack: true, chunk: 500, ordered: false, on_error: stop}")
                        .settings()
                        .map())
                .contains(new MapSpec("Größe.von", true, OptionalInt.of(500), false, OnItemError.STOP));
    }

    @Test
    void itemsAreListedAsValuesOfAnyType() {
        assertThat(job("{function: f, over: [1, [a, null], {b: 2.5}]}").items())
                .get()
                .hasToString("Listed[items=[1, [\"a\",null], {\"b\":2.5}]]");
        assertThat(job("{function: f, over: []}").items()).contains(new MapItems.Listed(List.of()));
    }

    @Test
    void itemsAreTheLinesOfAFile() {
        assertThat(job("{function: f, over: {file: pairs.jsonl}}").items()).contains(new MapItems.Lines("pairs.jsonl"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [0, 900000]     | 0   | 1    | 900000 | true
            [10, 0, -3]     | 10  | -3   | 4      | true
            [5, 5]          | 5   | 1    | 0      | true
            [0, 0.3, 0.1]   | 0   | 0.1  | 3      | false
            [0, 1000000000000] | 0 | 1   | 1000000000000 | true
            """)
    void itemsAreNumbersOfARangeThatMayBeEmpty(
            String range, BigDecimal start, BigDecimal step, long size, boolean whole) {
        assertThat(job("{function: f, over: {range: %s}}".formatted(range)).items())
                .contains(new MapItems.Numbers(start, step, size, whole));
    }

    @Test
    void itemsAreWhatAnEarlierJobRecorded() {
        Job job = job("{function: f, over: \"${jobs.pairs.results.list}\"}");

        assertThat(job.isResolved()).isFalse();
        assertThat(job.items()).isEmpty();
        assertThat(job.template().reads()).containsEntry("pairs", Set.of("results"));
        Job resolved = job.resolve(results("{\"list\": [[1, 2], [3, 4]]}"));
        assertThat(resolved.items()).get().hasToString("Listed[items=[[1,2], [3,4]]]");
    }

    @Test
    void theFileMayBeOneThatAnEarlierJobNames() {
        Job job = job("{function: f, over: {file: \"${jobs.pairs.results.path}\"}}");

        assertThat(job.resolve(results("{\"path\": \"/data/pairs.jsonl\"}")).items())
                .contains(new MapItems.Lines("/data/pairs.jsonl"));
    }

    @Test
    void oneItemAmongOthersMayBeAnExpression() {
        assertThat(job("{function: f, over: [0, \"${jobs.pairs.results.one}\"]}")
                        .resolve(results("{\"one\": 1}"))
                        .items())
                .contains(new MapItems.Listed(List.of(IntNode.valueOf(0), IntNode.valueOf(1))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"list": 5}                | the number 5
            {"list": {"file": "x"}}    | a map
            {"list": "pairs.jsonl"}    | the text 'pairs.jsonl'
            """)
    void whatAnExpressionReadsMustBeAList(String results, String found) {
        Job job = job("{function: f, over: \"${jobs.pairs.results.list}\"}");

        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> job.resolve(results(results)))
                .withMessage("job 'match': the field 'map.over': expected a list, found " + found
                        + "; for the lines of a file write {file: …}");
    }

    @Test
    void aParameterThatIsNoListIsToldBeforeTheRun() {
        assertThat(configs.yamlProblems("""
                        jobs:
                          match:
                            notebook: b.ipynb
                            parameters: {items: 7}
                            map: {function: f, over: "${parameters.items}"}
                        """))
                .singleElement()
                .asString()
                .contains("job 'match'", "expected a list, found the number 7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {over: [1]}                          | 6:5: job 'match', field 'map': the key 'function' is missing
            {function: f}                        | 6:5: job 'match', field 'map': the key 'over' is missing
            {function: "f(x)", over: [1]}        | 6:11: job 'match', field 'map.function': expected the name of a function
            {function: "${run.name}", over: [1]} | 6:11: job 'match', field 'map.function': expected the name of a function
            {function: f, over: pairs.jsonl}     | 6:24: job 'match', field 'map.over': expected a list, or an expression, found the text 'pairs.jsonl' (for the lines of a file write {file: …})
            {function: f, over: "a ${run.id}"}   | 6:24: job 'match', field 'map.over': expected a list, or an expression
            {function: f, over: "${run.id"}      | 6:24: job 'match', field 'map.over': the expression '${run.id' has no closing '}'
            {function: f, over: "${jobs.x.results}"} | 6:24: job 'match', field 'map.over': ${jobs.x.results}: there is no job 'x'
            {function: f, over: 5}               | 6:24: job 'match', field 'map.over': expected a list, an expression, or a map with one of 'file' and 'range', found the number 5
            {function: f, over: {}}              | 6:24: job 'match', field 'map.over': expected a list, an expression
            {function: f, over: {file: a, range: [0, 1]}} | 6:24: job 'match', field 'map.over': expected a list, an expression
            {function: f, over: {files: a}}      | field 'map.over.files': there is no key 'files' (did you mean 'file'?)
            {function: f, over: {file: ""}}      | field 'map.over.file': expected the path of a file of JSON lines
            {function: f, over: {range: [0]}}    | field 'map.over.range': expected [start, stop]
            {function: f, over: {range: [0, 5, 0]}} | field 'map.over.range': the step of a range cannot be 0
            {function: f, over: {range: [0, .inf]}} | field 'map.over.range': expected numbers that are finite
            {function: f, over: {range: [5, 5, 0]}} | field 'map.over.range': the step of a range cannot be 0
            {function: f, over: [1], chunk: 0}   | field 'map.chunk': expected 'auto', or a whole number from 1 to 1000000, found the number 0
            {function: f, over: [1], chunk: all} | field 'map.chunk': expected 'auto', or a whole number
            {function: f, over: [1], on_error: skip} | field 'map.on_error': expected 'record' or 'stop', found the text 'skip'
            {function: f, over: [1], unpack: 1}  | field 'map.unpack': expected true or false
            {function: f, over: [1], ordred: true} | field 'map.ordred': there is no key 'ordred' (did you mean 'ordered'?)
            similarity                           | 6:5: job 'match', field 'map': expected a map with 'function' and 'over'
            """)
    void whatIsWrongIsToldAtItsPlace(String map, String problem) {
        assertThat(problems(map)).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache: true", "outputs: {model: model.pkl}"})
    void whatAMapHasNotIsRefused(String setting) {
        String field = setting.substring(0, setting.indexOf(':'));

        assertThat(configs.yamlProblems(
                        "jobs: {m: {notebook: a.ipynb, map: {function: f, over: [1]}, " + setting + "}}"))
                .singleElement()
                .asString()
                .contains("job 'm', field '" + field + "': a job with a map ");
    }

    @Test
    void theDefaultOfACacheIsNotForMaps() {
        Pipeline pipeline = configs.yaml("""
                defaults: {cache: true}
                jobs:
                  a: {notebook: a.ipynb}
                  m: {notebook: a.ipynb, map: {function: f, over: [1]}}
                """);

        assertThat(pipeline.job("a").settings().cache()).isTrue();
        assertThat(pipeline.job("m").settings().cache()).isFalse();
    }

    @Test
    void eachJobOfAMatrixHasItsOwnItems() {
        JobTemplate match = configs.yaml("""
                jobs:
                  match:
                    notebook: b.ipynb
                    matrix: {year: [2025, 2026]}
                    map: {function: f, over: {file: "pairs-${matrix.year}.jsonl"}}
                """).job("match");

        assertThat(match.job(1).items()).contains(new MapItems.Lines("pairs-2026.jsonl"));
    }

    private static RunValues results(String json) {
        return new RunValues() {
            @Override
            public String runId() {
                return "20260131-abc";
            }

            @Override
            public String runName() {
                return "x";
            }

            @Override
            public JsonNode results(String job) {
                try {
                    return new ObjectMapper().readTree(json);
                } catch (JsonProcessingException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public JsonNode output(String job) {
                return JsonNodeFactory.instance.nullNode();
            }

            @Override
            public JsonNode files(String job) {
                return JsonNodeFactory.instance.objectNode();
            }
        };
    }
}
