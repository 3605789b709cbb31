package io.camelnotebook.publish.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final RunValues values = new RunValues(0);

    private List<ObjectNode> batches() {
        List<ObjectNode> batches = Batches.of("r", values.values());
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.path("run_id").asText()).isEqualTo("r");
            int params = batch.path("params").size();
            int tags = batch.path("tags").size();
            int metrics = batch.path("metrics").size();
            assertThat(params).isLessThanOrEqualTo(100);
            assertThat(tags).isLessThanOrEqualTo(100);
            assertThat(params + tags + metrics).isLessThanOrEqualTo(1000);
            assertThat(batch.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
        });
        return batches;
    }

    private long count(String kind) {
        return batches().stream().mapToLong(batch -> batch.path(kind).size()).sum();
    }

    @Test
    void noValuesAreNoRequest() {
        assertThat(batches()).isEmpty();
    }

    @Test
    void fewValuesOfAllKindsGoTogether() {
        values.parameter("p", TextNode.valueOf("1"));
        values.tag("t", "2");
        values.metric("m", DoubleNode.valueOf(3));

        assertThat(batches()).hasSize(1);
    }

    @Test
    void manyValuesAreDividedAndNoneIsLost() {
        for (int i = 0; i < 250; i++) {
            values.tag("t" + i, "x");
            values.parameter("p" + i, TextNode.valueOf("x"));
        }
        for (int i = 0; i < 2500; i++) {
            values.metric("m" + i, DoubleNode.valueOf(i));
        }

        assertThat(count("tags")).isEqualTo(250);
        assertThat(count("params")).isEqualTo(250);
        assertThat(count("metrics")).isEqualTo(2500);
    }

    @Test
    void longValuesAreDividedByTheirBytes() {
        for (int i = 0; i < 100; i++) {
            values.parameter("p" + i, TextNode.valueOf("€".repeat(6000)));
        }

        assertThat(count("params")).isEqualTo(100);
        assertThat(batches()).hasSize(3);
    }
}
