package io.camelnotebook.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.MessageJson;
import io.camelnotebook.run.RunHistory;
import java.io.IOException;
import java.nio.file.Path;

/** How kernels of jobs were started, as their metadata records beside the notebooks tell; the ledger does not have it. */
final class KernelStarts {

    private static final ObjectMapper JSON = MessageJson.mapper();

    private KernelStarts() {}

    /** Such as {@code fork}; empty if the record is not there, or is by now that of a later run. */
    static String of(String run, RunHistory.JobEntry job) {
        Path record = Path.of(job.output().replaceFirst("\\.ipynb$", ".json"));
        try {
            JsonNode data = JSON.readTree(record.toFile()).path("data");
            return run.equals(data.path("run").asText())
                    ? data.path("kernel").path("start").asText("")
                    : "";
        } catch (IOException e) {
            // It was removed, or never written.
            return "";
        }
    }
}
