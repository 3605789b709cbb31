package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are forged, damaged, odd or somebody else's spoil neither the notebook nor what follows. */
@Timeout(60)
class DamagedMessagesIT extends WithFakeKernel {

    @Test
    void aMessageWithAWrongSignatureIsDropped() throws Exception {
        assertThat(fake.execute("wrong_signature").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fake.executed(0).path("outputs")).isEmpty();
    }

    @Test
    void framesThatAreNoMessageAreDropped() throws Exception {
        assertThat(fake.execute("garbage", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fake.executed(0).path("outputs")).isEmpty();
        assertThat(fake.text(1)).isEqualTo("next");
    }

    @Test
    void oddlyTypedContentsLeaveAValidNotebook() throws Exception {
        assertThat(fake.execute("odd_contents", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
        List<JsonNode> outputs = new ArrayList<>();
        fake.executed(0).path("outputs").forEach(outputs::add);
        assertThat(outputs)
                .noneMatch(output -> !output.path("data").isMissingNode()
                        && !output.path("data").isObject());
        assertThat(outputs)
                .filteredOn(output -> output.path("output_type").asText().equals("execute_result"))
                .singleElement()
                .satisfies(output -> {
                    assertThat(TestNotebooks.text(output.at("/data/text~1plain")))
                            .isEqualTo("kept");
                    assertThat(output.path("execution_count").isNull()
                                    || output.path("execution_count").isInt())
                            .isTrue();
                });
        fake.assertIsValid();
    }

    @Test
    void damagedMessagesNeitherStopNorSpoilWhatFollows() throws Exception {
        String[] cells = IntStream.range(0, 10)
                .mapToObj(seed -> "mutated " + seed + " 100")
                .toArray(String[]::new);
        assertThat(fake.execute(cells).outcome()).isEqualTo(Outcome.SUCCEEDED);
        for (int i = 0; i < cells.length; i++) {
            JsonNode outputs = fake.executed(i).path("outputs");
            assertThat(TestNotebooks.text(outputs.path(outputs.size() - 1).path("text")))
                    .isEqualTo("in order");
        }
        Process reading = new ProcessBuilder(
                        System.getProperty("test.python"),
                        "-c",
                        "import nbformat, sys; nbformat.writes(nbformat.read(sys.argv[1], 4))",
                        fake.output().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(reading.waitFor()).isZero();
    }

    @Test
    void messagesOfOtherRequestsAreDropped() throws Exception {
        assertThat(fake.execute("stray").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fake.executed(0).path("outputs")).isEmpty();
    }
}
