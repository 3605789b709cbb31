package io.camelnotebook.publish;

import static io.camelnotebook.run.JobMessages.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultsTableTest {

    private static Ledger.Entry entry(
            String label, Map<String, JsonNode> parameters, Map<String, JsonNode> results, @Nullable Double seconds) {
        JobState state = seconds == null ? JobState.SKIPPED : JobState.SUCCEEDED;
        return new Ledger.Entry("train[" + label + "]", label, state, label + ".ipynb", parameters, results, seconds);
    }

    private static Map<String, JsonNode> ordered(String first, JsonNode one, String second, JsonNode two) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put(first, one);
        values.put(second, two);
        return values;
    }

    @Test
    void thereIsARowForEachJobAndAColumnForEachValue() {
        String csv = ResultsTable.csv(List.of(
                entry(
                        "a",
                        ordered("model", NODES.textNode("ridge"), "seed", NODES.numberNode(1)),
                        Map.of("auc", NODES.numberNode(0.9)),
                        1.23456),
                entry("b", Map.of("model", NODES.textNode("forest")), Map.of(), null)));

        assertThat(csv).isEqualTo("""
                        job,label,parameters.model,parameters.seed,results.auc,status,seconds,output
                        train[a],a,ridge,1,0.9,succeeded,1.235,a.ipynb
                        train[b],b,forest,,,skipped,,
                        """.replace("\n", "\r\n"));
    }

    @Test
    void aParameterAndAResultOfTheSameNameAreTwoColumns() {
        String csv = ResultsTable.csv(
                List.of(entry("a", Map.of("rows", NODES.numberNode(10)), Map.of("rows", NODES.numberNode(9)), 1.0)));

        assertThat(csv).contains("parameters.rows,results.rows").contains(",10,9,");
    }

    @Test
    void commasQuotesAndLineEndsAreQuoted() {
        String csv = ResultsTable.csv(List.of(entry(
                "a,b", ordered("q", NODES.textNode("say \"hi\""), "l", NODES.textNode("one\ntwo\r")), Map.of(), 1.0)));

        assertThat(csv).contains("\"train[a,b]\",\"a,b\",\"say \"\"hi\"\"\",\"one\ntwo\r\",succeeded");
    }

    @Test
    void aColumnsNameIsQuotedToo() {
        assertThat(ResultsTable.csv(List.of(entry("a", Map.of("x,y", NODES.numberNode(1)), Map.of(), 1.0))))
                .startsWith("job,label,\"parameters.x,y\",status");
    }

    @Test
    void valuesThatAreNoScalarsAreJson() {
        String csv = ResultsTable.csv(List.of(entry(
                "a",
                ordered("list", NODES.arrayNode().add(1).add(2), "none", NODES.nullNode()),
                Map.of("ok", NODES.booleanNode(true)),
                1.0)));

        assertThat(csv).contains(",\"[1,2]\",,true,succeeded");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreWrittenAsPandasReadsThem() {
        String csv = ResultsTable.csv(List.of(entry(
                "a",
                ordered("low", NODES.numberNode(Double.NEGATIVE_INFINITY), "none", NODES.numberNode(Double.NaN)),
                Map.of(),
                1.0)));

        assertThat(csv).contains(",-Infinity,NaN,succeeded");
    }

    @Test
    void aRunWithoutJobsHasOnlyTheHeader() {
        assertThat(ResultsTable.csv(List.of())).isEqualTo("job,label,status,seconds,output\r\n");
    }
}
