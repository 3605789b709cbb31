package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionsTest {

    private static final RunValues RUN = new RunValues() {
        @Override
        public String runId() {
            return "20260131-abc";
        }

        @Override
        public String runName() {
            return "churn";
        }

        @Override
        public JsonNode results(String job) {
            return job.equals("many")
                    ? json("[{\"label\": \"x\", \"results\": {\"auc\": 0.9}}]")
                    : json("{\"table\": \"t.parquet\", \"rows\": 5, \"val.auc\": 0.5, \"nested\": {\"a\": [1, 2]},"
                            + " \"text\": \"${run.id}\"}");
        }

        @Override
        public JsonNode output(String job) {
            return json("\"outputs/" + job + ".ipynb\"");
        }

        @Override
        public JsonNode files(String job) {
            return json("{\"model\": \"model.bin\"}");
        }
    };

    private final ConfigFolder configs;

    ExpressionsTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${matrix.m}                        | "ridge"
            ${matrix.n}                        | 1
            ${matrix.pair}                     | {"low":1,"high":[2,3]}
            ${matrix.pair.high.1}              | 3
            n is ${matrix.n}, ${matrix.pair}   | "n is 1, {\\"low\\":1,\\"high\\":[2,3]}"
            ${parameters.list}                 | [1,"ridge"]
            ${parameters.list.1}-x             | "ridge-x"
            ${parameters.later}                | 5
            rows: ${parameters.later}          | "rows: 5"
            ${parameters.deep.rows}            | 5
            ${parameters.deep}                 | {"rows":5}
            ${jobs.one.results.table}          | "t.parquet"
            ${jobs.one.results.rows}           | 5
            ${jobs.one.results.val.auc}        | 0.5
            ${jobs.one.results.nested.a.0}     | 1
            ${jobs.one.results.text}           | "${run.id}"
            ${jobs.many.results}               | [{"label":"x","results":{"auc":0.9}}]
            ${jobs.one.output}                 | "outputs/one.ipynb"
            ${jobs.one.files.model}            | "model.bin"
            ${run.name}/${run.id}              | "churn/20260131-abc"
            $${run.id} is ${run.id}            | "${run.id} is 20260131-abc"
            $${run.id}                         | "${run.id}"
            """)
    void anExpressionHasItsValue(String expression, String json) {
        assertThat(job(expression).resolve(RUN).parameters().get("x")).hasToString(json);
    }

    @Test
    void aJobBeforeItsNeedsHaveRunKeepsWhatIsNotKnownYet() {
        Job job = job("${matrix.m} ${jobs.one.results.rows} $${x}");

        assertThat(job.isResolved()).isFalse();
        assertThat(job.parameters().get("x")).hasToString("\"ridge ${jobs.one.results.rows} $${x}\"");
        assertThat(job.resolve(RUN).isResolved()).isTrue();
        assertThat(job.resolve(RUN).parameters().get("x")).hasToString("\"ridge 5 ${x}\"");
    }

    @Test
    void resolvingAgainChangesNothing() {
        Job resolved = job("$${run.id} ${jobs.one.results.text}").resolve(RUN);

        assertThat(resolved.resolve(RUN).parameters()).isEqualTo(resolved.parameters());
    }

    @Test
    void environmentAndWorkingDirectoryAreResolvedAsText() {
        Job job = configs.yaml("""
                        defaults: {env: {A: 1, B: "${run.id}"}, cwd: "work/${run.id}"}
                        jobs:
                          t: {notebook: a.ipynb, matrix: {n: [7]}, env: {B: "${matrix.n}", C: "${run.name}", D: true}}
                        """).job("t").job(0);

        assertThat(job.env()).containsEntry("C", "${run.name}");
        assertThat(job.cwd()).contains("work/${run.id}");
        assertThat(job.resolve(RUN).env())
                .containsEntry("A", "1")
                .containsEntry("B", "7")
                .containsEntry("C", "churn")
                .containsEntry("D", "true");
        assertThat(job.resolve(RUN).cwd()).contains("work/20260131-abc");
    }

    @Test
    void aResultThatIsMissingIsToldWithThoseThereAre() {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> job("${jobs.one.results.tabel}").resolve(RUN))
                .withMessage("job 't[ridge-1-{\"low\":1,\"high\":[2,3]}]': ${jobs.one.results.tabel}: there is no"
                        + " 'tabel' in a map: there are 'table', 'rows', 'val.auc', 'nested', 'text'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${HOME}                     | ${HOME}: there is no 'HOME' (expressions read matrix, parameters, jobs and run; write $${ for a plain ${)
            ${matrx.m}                  | ${matrx.m}: there is no 'matrx' (did you mean 'matrix'?)
            ${matrix}                   | ${matrix}: expected a name after 'matrix'
            ${matrix.pari}              | ${matrix.pari}: the matrix has no axis 'pari' (did you mean 'pair'?)
            ${parameters.lits}          | ${parameters.lits}: the job has no parameter 'lits' (did you mean 'list'?)
            ${parameters.x}             | the parameters refer to themselves: x -> x (give one of them a value)
            ${jobs.onee.results}        | ${jobs.onee.results}: there is no job 'onee' (did you mean 'one'?)
            ${jobs.other.results}       | ${jobs.other.results}: the job does not need 'other' (add needs: other)
            ${jobs.t.results}           | ${jobs.t.results}: a job cannot read its own results
            ${jobs.one}                 | ${jobs.one}: expected results, output or files after 'one'
            ${jobs.one.result}          | ${jobs.one.result}: expected results, output or files after 'one'
            ${jobs.one.output.x}        | ${jobs.one.output.x}: expected nothing after 'output'
            ${jobs.many.results.auc}    | ${jobs.many.results.auc}: expected nothing after 'results' ('many' has a matrix, its results are a list)
            ${jobs.many.files}          | ${jobs.many.files}: expected results or output after 'many' ('many' has a matrix, its results are a list)
            ${run.number}               | ${run.number}: the run has no 'number'
            ${run.id.x}                 | ${run.id.x}: expected ${run.id} or ${run.name}
            ${parameters.list.7}        | ${parameters.list.7}: there is no '7' in a list of 2, counted from 0
            ${1 + 1}                    | ${1 + 1}: there is no '1 + 1'
            ${open                      | the expression '${open' has no closing '}'; write $${ for a plain ${
            """)
    void whatAnExpressionReadsIsCheckedBeforeAnythingRuns(String expression, String message) {
        assertThat(configs.yamlProblems(pipeline(expression)))
                .singleElement()
                .asString()
                .startsWith("x.yaml:")
                .contains("job 't'")
                .contains(message);
    }

    @Test
    void jobsThatAreNeededByWayOfOthersMayBeRead() {
        Pipeline pipeline = configs.yaml("""
                jobs:
                  a: {notebook: a.ipynb}
                  b: {notebook: b.ipynb, needs: a}
                  c: {notebook: c.ipynb, needs: b, parameters: {x: "${jobs.a.results.table}"}}
                """);

        assertThat(pipeline.job("c").job(0).resolve(RUN).parameters()).hasToString("{\"x\":\"t.parquet\"}");
    }

    @Test
    void parametersThatReferToEachOtherInACircleAreRefused() {
        assertThat(configs.yamlProblems("""
                        jobs:
                          a:
                            notebook: a.ipynb
                            parameters: {x: "${parameters.y}", y: ["${parameters.z}"], z: "a ${parameters.x}"}
                        """))
                .containsExactly("x.yaml:4:18: job 'a', field 'parameters.x': the parameters refer to themselves:"
                        + " x -> y -> z -> x (give one of them a value)");
    }

    @Test
    void aLabelMayNotReadWhatIsKnownOnlyInTheRun() {
        assertThat(configs.yamlProblems("jobs:\n  a: {notebook: a.ipynb, parameters: {x: \"${run.id}\"},"
                        + " label: \"l-${parameters.x}\"}"))
                .containsExactly("x.yaml:2:56: job 'a', field 'label': the label must be known before the run: it may"
                        + " read ${matrix.…}, and ${parameters.…} that themselves read nothing of jobs and run");
    }

    @Test
    void parametersThatMultiplyAreStopped() {
        StringBuilder parameters = new StringBuilder("      p0: 0123456789\n");
        for (int i = 1; i < 40; i++) {
            parameters.append("      p%d: \"%s\"%n".formatted(i, ("${parameters.p" + (i - 1) + "}").repeat(10)));
        }

        assertThat(configs.yamlProblems("jobs:\n  a:\n    notebook: a.ipynb\n    parameters:\n" + parameters))
                .singleElement()
                .asString()
                .contains("copy more than 10000000 characters or values: pass large data as files");
    }

    @Test
    void listsThatMultiplyAreStopped() {
        StringBuilder parameters = new StringBuilder("      p0: [0]\n");
        for (int i = 1; i < 40; i++) {
            parameters.append("      p%d: [%s0]%n".formatted(i, ("\"${parameters.p" + (i - 1) + "}\", ").repeat(10)));
        }

        assertThat(configs.yamlProblems("jobs:\n  a:\n    notebook: a.ipynb\n    parameters:\n" + parameters))
                .singleElement()
                .asString()
                .contains("copy more than 10000000 characters or values");
    }

    @Test
    void chainsOfParametersHaveAnEnd() {
        StringBuilder parameters = new StringBuilder("      p0: 1\n");
        for (int i = 1; i < 5_000; i++) {
            parameters
                    .append("      p")
                    .append(i)
                    .append(": \"${parameters.p")
                    .append(i - 1)
                    .append("}\"\n");
        }

        assertThat(configs.yamlProblems("jobs:\n  a:\n    notebook: a.ipynb\n    parameters:\n" + parameters))
                .singleElement()
                .asString()
                .contains("more than 50 parameters refer to each other in a row");
    }

    private Job job(String expression) {
        return configs.yaml(pipeline(expression)).job("t").job(0);
    }

    private static String pipeline(String expression) {
        return """
                jobs:
                  one: {notebook: a.ipynb, outputs: {model: model.bin}}
                  many: {notebook: b.ipynb, matrix: {n: [1]}}
                  other: {notebook: c.ipynb}
                  t:
                    notebook: a.ipynb
                    needs: [one, many]
                    matrix: {m: [ridge], n: [1], pair: [{low: 1, high: [2, 3]}]}
                    parameters:
                      x: '%s'
                      list: [1, "${matrix.m}"]
                      later: "${jobs.one.results.rows}"
                      deep: {rows: "${parameters.later}"}
                """.formatted(expression);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
