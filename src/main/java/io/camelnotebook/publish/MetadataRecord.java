package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobOutputs;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is told about an attempt of a job: a CloudEvents 1.0 envelope around how it was run and how it ended.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
public final class MetadataRecord {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private MetadataRecord() {}

    /** The record as JSON. */
    public static ObjectNode of(JobResult result) {
        JobMessage job = result.job();
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("specversion", "1.0");
        envelope.put("id", id(job));
        envelope.put("source", "/camel-notebook/" + job.pipeline());
        envelope.put("type", "io.camelnotebook.job." + result.state());
        envelope.put("subject", job.job());
        envelope.put("time", result.ended());
        envelope.put("datacontenttype", "application/json");
        correlate(envelope, job.correlation());
        envelope.set("data", data(result));
        return envelope;
    }

    /** Puts the id by which whoever sent the config knows the run, if there is one, where CloudEvents has its place. */
    public static void correlate(ObjectNode envelope, @Nullable String correlation) {
        if (correlation != null) {
            envelope.put("correlationid", correlation);
        }
    }

    /** The id of a job's record: the same whenever it is made again for the same attempt. */
    static String id(JobMessage job) {
        return id(job, job.attempt());
    }

    static String id(JobMessage job, int attempt) {
        return job.run() + "/" + job.job() + "/" + attempt;
    }

    private static ObjectNode data(JobResult result) {
        JobMessage job = result.job();
        ObjectNode data = JSON.createObjectNode();
        data.put("run", job.run());
        data.put("pipeline", job.pipeline());
        data.put("job", job.job());
        data.put("label", job.label());
        data.put("attempt", job.attempt());
        data.put("status", result.state());
        data.set("parameters", JSON.valueToTree(Secrets.redact(job.parameters())));
        data.set("results", JSON.valueToTree(result.results()));
        data.set("error", JSON.valueToTree(result.error()));
        data.set("cells", JSON.valueToTree(result.cells()));
        data.set("kernel", JSON.valueToTree(result.kernel()));
        data.set("notebook", file(job.notebook(), result.notebookSha256(), "git_commit", result.gitCommit()));
        ObjectNode output =
                file(job.output(), result.outputSha256(), "record", path(job).toString());
        Path html = NotebookHtml.path(job);
        if (result.leftNotebook() && isOf(html, Path.of(job.output()))) {
            output.put("html", html.toString());
        }
        data.set("output", output);
        data.set("files", JSON.valueToTree(result.outputs().files()));
        JobOutputs.Origin origin = result.outputs().cachedFrom();
        if (origin != null) {
            data.set("cached_from", JSON.valueToTree(origin));
        }
        ObjectNode resources = data.putObject("resources");
        resources.put("memory_bytes", job.memoryBytes());
        resources.put("threads", job.threads());
        data.put("host", result.host());
        data.put("started", result.started());
        data.put("ended", result.ended());
        data.put("queue_seconds", result.queueSeconds());
        data.put("start_seconds", result.startSeconds());
        data.put("run_seconds", result.runSeconds());
        data.set("warnings", JSON.valueToTree(result.warnings()));
        return data;
    }

    /** Whether a page is of the notebook as it is now, and not of the one before it, for which it may have been made. */
    private static boolean isOf(Path page, Path notebook) {
        try {
            return Files.exists(page)
                    && Files.getLastModifiedTime(page).compareTo(Files.getLastModifiedTime(notebook)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static ObjectNode file(String path, @Nullable String sha256, String key, @Nullable String value) {
        ObjectNode file = JSON.createObjectNode();
        file.put("path", path);
        file.put("sha256", sha256);
        file.put(key, value);
        return file;
    }

    /** Where the record of a job is kept: beside its executed notebook. */
    public static Path path(JobMessage job) {
        return Path.of(job.output().replaceFirst("\\.ipynb$", ".json"));
    }

    static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static byte[] json(JsonNode event) throws IOException {
        return JSON.writeValueAsBytes(event);
    }

    /** Writes the record to its place. */
    public static void write(JobResult result) throws IOException {
        byte[] json = json(of(result));
        AtomicFile.write(path(result.job()), Durability.MACHINE_CRASH, out -> out.write(json));
    }
}
