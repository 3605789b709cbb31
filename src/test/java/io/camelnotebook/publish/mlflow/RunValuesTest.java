package io.camelnotebook.publish.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunValuesTest {

    private final RunValues values = new RunValues(1000);

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private List<String> texts() {
        return values.values().stream()
                .map(value -> value.kind() + " " + value.json().path("key").asText() + "="
                        + value.json().path("value").asText()
                        + (value.json().path("step").asInt() == 0
                                ? ""
                                : "@" + value.json().path("step").asInt()))
                .toList();
    }

    @Test
    void parametersAreTextAndThoseInObjectsHaveNamesWithDots() throws Exception {
        values.parameter("rows", json("100"));
        values.parameter("config", json("{\"url\": \"a.csv\", \"deep\": {\"list\": [1, \"b\"], \"none\": null}}"));
        values.parameter("nothing", json("{}"));

        assertThat(texts())
                .containsExactly(
                        "params rows=100",
                        "params config.url=a.csv",
                        "params config.deep.list=[1,\"b\"]",
                        "params config.deep.none=null",
                        "params nothing={}");
    }

    @Test
    void numbersAreMetricsAndListsOfNumbersHaveSteps() throws Exception {
        values.result("auc", json("0.93"));
        values.result("loss", json("[0.9, \"inf\", null, 1]"));
        values.result("scores", json("{\"f1\": 0.8, \"worst\": \"-Infinity\"}"));

        assertThat(texts())
                .containsExactly(
                        "metrics auc=0.93",
                        "metrics loss=0.9",
                        "metrics loss=Infinity@1",
                        "metrics loss=1@3",
                        "metrics scores.f1=0.8",
                        "metrics scores.worst=-Infinity");
        assertThat(values.values().get(0).json().path("timestamp").asLong()).isEqualTo(1000);
    }

    @Test
    void otherResultsAreTags() throws Exception {
        values.result("best", json("\"ridge\""));
        values.result("good", json("true"));
        values.result("mixed", json("[1, \"a\"]"));
        values.result("empty", json("[]"));
        values.result("none", json("[null]"));
        values.result("long", json("[" + "1,".repeat(10_000) + "1]"));

        assertThat(texts().subList(0, 5))
                .containsExactly(
                        "tags results.best=ridge",
                        "tags results.good=true",
                        "tags results.mixed=[1,\"a\"]",
                        "tags results.empty=[]",
                        "tags results.none=[null]");
        assertThat(texts().subList(5, 6)).containsExactly("tags results.long=[" + "1,".repeat(2499) + "1");
    }

    @Test
    void longTextIsShortenedAndNotInTheMiddleOfACharacter() {
        values.parameter("p", com.fasterxml.jackson.databind.node.TextNode.valueOf("x".repeat(5999) + "\uD83D\uDE00"));

        assertThat(values.values().get(0).json().path("value").asText()).isEqualTo("x".repeat(5999));
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        values.tag("t", "");
        values.metric("m", json("null"));

        assertThat(values.values()).isEmpty();
    }
}
