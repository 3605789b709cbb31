package io.camelnotebook.publish;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A folder, here or at a server.
 *
 * @param renames whether it can write under another name first, so that nobody there reads half a file
 */
record FileDestination(boolean renames) implements DestinationKind {

    private static final String TEMPORARY = "tempPrefix=.camel-notebook-";

    @Override
    public String endpoint(String uri) {
        return renames && !uri.contains("temp") ? Address.with(uri, TEMPORARY) : uri;
    }

    @Override
    public boolean keepsFiles() {
        return true;
    }

    @Override
    public List<Content> ofJob(JobResult result) {
        return files(result);
    }

    /** The files of a job: the record comes last, so that whoever sees it finds what it is about. */
    static List<Content> files(JobResult result) {
        JobMessage job = result.job();
        String id = MetadataRecord.id(job);
        Content record = Content.of(id, MetadataRecord.path(job));
        if (!result.leftNotebook()) {
            return List.of(record);
        }
        Content notebook = Content.of(id, Path.of(job.output()));
        return job.files().html()
                ? List.of(notebook, Content.of(id, NotebookHtml.path(job)), record)
                : List.of(notebook, record);
    }

    @Override
    public Content ofFailure(RunSummary run, Instant time) {
        return failure(run, time);
    }

    /** The record of a run that failed, as a file. */
    static Content failure(RunSummary run, Instant time) {
        return Content.of(run, time, RunRecord.id(run, run.state().jsonName()).replace('/', '-') + ".json");
    }

    @Override
    public Map<String, Object> headers(Delivery delivery) {
        return Map.of();
    }
}
