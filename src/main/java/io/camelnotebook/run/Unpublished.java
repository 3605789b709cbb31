package io.camelnotebook.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table of how jobs ended whose files are not all delivered. */
final class Unpublished {

    private Unpublished() {}

    /** Adds a result, in the transaction in which its job ends. */
    static void add(Handle handle, JobResult result) {
        JobMessage job = result.job();
        // Where it is published, with whatever passwords, and the job's environment are in the config file.
        JobResult kept = result.withJob(job.with(Secrets.redact(job.parameters()), Map.of(), List.of()));
        handle.createUpdate("INSERT INTO unpublished (run, job, result) VALUES (:run, :job, :result)"
                        + " ON CONFLICT (run, job) DO UPDATE SET result = excluded.result")
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("result", text(kept))
                .execute();
    }

    /** Removes a result, unless a file was given up: what goes on with the run tries that again. */
    static void remove(Handle handle, JobMessage job) {
        handle.createUpdate("DELETE FROM unpublished WHERE run = :run AND job = :job AND NOT EXISTS"
                        + " (SELECT 1 FROM publication WHERE run = :run AND job = :job AND state = 'undelivered')")
                .bind("run", job.run())
                .bind("job", job.job())
                .execute();
    }

    /** The results of a run, without where they are to be published. */
    static List<JobResult> of(Handle handle, String run) {
        return handle.createQuery("SELECT result FROM unpublished WHERE run = :run ORDER BY job")
                .bind("run", run)
                .mapTo(String.class)
                .map(Unpublished::result)
                .list();
    }

    private static String text(JobResult result) {
        try {
            return MessageJson.mapper().writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a result that cannot be written as JSON", e);
        }
    }

    private static JobResult result(String text) {
        try {
            return MessageJson.mapper().readValue(text, JobResult.class);
        } catch (JsonProcessingException e) {
            throw new LedgerException("the ledger holds a result that is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
