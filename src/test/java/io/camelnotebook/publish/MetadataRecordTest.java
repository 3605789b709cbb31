package io.camelnotebook.publish;

import static io.camelnotebook.run.JobMessages.NODES;
import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataRecordTest {

    private static JobMessage train(Map<String, JsonNode> parameters) {
        return job("train[ridge-3]", "train", 3, "ridge-3", parameters, List.of());
    }

    @Test
    void theEnvelopeIsThatOfCloudEvents() {
        JsonNode event = MetadataRecord.of(succeeded(train(Map.of()), Map.of()));

        assertThat(event.path("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.path("id").textValue()).isEqualTo("r/train[ridge-3]/1");
        assertThat(event.path("source").textValue()).isEqualTo("/camel-notebook/churn");
        assertThat(event.path("type").textValue()).isEqualTo("io.camelnotebook.job.succeeded");
        assertThat(event.path("subject").textValue()).isEqualTo("train[ridge-3]");
        assertThat(event.path("time").textValue()).isEqualTo("2026-03-14T09:26:57Z");
        assertThat(event.path("datacontenttype").textValue()).isEqualTo("application/json");
        assertThat(event.path("data").isObject()).isTrue();
    }

    @Test
    void theDataSaysHowTheJobWasRunAndHowItEnded() {
        JsonNode data = MetadataRecord.of(succeeded(
                        train(Map.of("model", NODES.textNode("ridge"))), Map.of("auc", NODES.numberNode(0.93))))
                .path("data");

        assertThat(data.path("run").textValue()).isEqualTo("r");
        assertThat(data.path("label").textValue()).isEqualTo("ridge-3");
        assertThat(data.path("attempt").intValue()).isEqualTo(1);
        assertThat(data.path("status").textValue()).isEqualTo("succeeded");
        assertThat(data.at("/parameters/model").textValue()).isEqualTo("ridge");
        assertThat(data.at("/results/auc").doubleValue()).isEqualTo(0.93);
        assertThat(data.path("error").isNull()).isTrue();
        assertThat(data.at("/cells/0/status").textValue()).isEqualTo("completed");
        assertThat(data.at("/kernel/language_version").textValue()).isEqualTo("3.12.3");
        assertThat(data.at("/kernel/peak_memory_bytes").longValue()).isEqualTo(1_000_000);
        assertThat(data.at("/notebook/path").textValue()).isEqualTo("notebooks/n.ipynb");
        assertThat(data.at("/notebook/sha256").textValue()).isEqualTo("11aa");
        assertThat(data.at("/notebook/git_commit").textValue()).isEqualTo("c0ffee");
        assertThat(data.at("/output/path").textValue()).isEqualTo("outputs/n/ridge-3/n_ridge-3.ipynb");
        assertThat(data.at("/output/sha256").textValue()).isEqualTo("22bb");
        assertThat(data.at("/output/record").textValue()).isEqualTo("outputs/n/ridge-3/n_ridge-3.json");
        assertThat(data.path("queue_seconds").doubleValue()).isEqualTo(0.25);
        assertThat(data.path("start_seconds").doubleValue()).isEqualTo(0.5);
        assertThat(data.path("run_seconds").doubleValue()).isEqualTo(2.0);
    }

    @Test
    void theErrorOfAFailedJobIsInItsRecord() {
        JobResult.Failure error = new JobResult.Failure(3, "ValueError", "no rows", List.of("line 1", "line 2"));

        JsonNode event = MetadataRecord.of(JobMessages.result(train(Map.of()), JobState.TIMED_OUT, error, Map.of()));

        assertThat(event.path("type").textValue()).isEqualTo("io.camelnotebook.job.timed_out");
        assertThat(event.at("/data/error/cell").intValue()).isEqualTo(3);
        assertThat(event.at("/data/error/ename").textValue()).isEqualTo("ValueError");
        assertThat(event.at("/data/error/evalue").textValue()).isEqualTo("no rows");
        assertThat(event.at("/data/error/traceback")).hasSize(2);
    }

    @Test
    void secretParametersAreLeftOut() {
        JsonNode event = MetadataRecord.of(succeeded(
                train(Map.of("config", NODES.objectNode().put("api_key", "hunter2"))), Map.of()));

        assertThat(event.at("/data/parameters/config/api_key").textValue()).isEqualTo("***");
        assertThat(event.toString()).doesNotContain("hunter2");
    }

    @Test
    void theRecordIsWrittenBesideTheExecutedNotebook(@TempDir Path folder) throws IOException {
        String output = folder.resolve("n_x.ipynb").toString();
        JobResult result = succeeded(JobMessages.withOutput(train(Map.of()), output), Map.of());

        MetadataRecord.write(result);

        JsonNode written = new ObjectMapper().readTree(Files.readString(folder.resolve("n_x.json")));
        assertThat(written.path("id")).isEqualTo(MetadataRecord.of(result).path("id"));
        assertThat(written.at("/data/output/path").textValue()).isEqualTo(output);
    }
}
