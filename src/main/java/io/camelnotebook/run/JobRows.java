package io.camelnotebook.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The ledger's rows about jobs: one for each, as its last attempt left it. */
final class JobRows {

    /** Jobs as the config file has their templates, and in the template's order. */
    static final String IN_ORDER = """
            LEFT JOIN job_template ON job_template.run = job.run AND job_template.name = job.template
            WHERE job.run = :run ORDER BY place, template, position""";

    private static final String SELECT = "SELECT id, label, state, output, parameters, results, seconds FROM job ";

    private JobRows() {}

    /** Notes the templates of a run, in the config file's order, in place of those it had. */
    static void templates(Handle handle, String run, Collection<String> names) {
        handle.createUpdate("DELETE FROM job_template WHERE run = :run")
                .bind("run", run)
                .execute();
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO job_template (run, name, place) VALUES (:run, :name, :place)");
        int place = 0;
        for (String name : names) {
            batch.bind("run", run).bind("name", name).bind("place", place++).add();
        }
        batch.execute();
    }

    /** Notes jobs that go to the queue, for the first time or again. */
    static void queued(Handle handle, List<JobMessage> jobs, String now) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO job (run, id, template, position, label, state, attempt, notebook, output, parameters,
                                 queued)
                VALUES (:run, :id, :template, :position, :label, :state, :attempt, :notebook, :output,
                        :parameters, :queued)
                ON CONFLICT (run, id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
                    notebook = excluded.notebook, output = excluded.output, parameters = excluded.parameters,
                    started = NULL, ended = NULL, seconds = NULL, results = NULL,
                    error = NULL""");
        jobs.forEach(job -> bind(batch, job, JobState.QUEUED, now).add());
        batch.execute();
    }

    /** Notes a job that is never queued, or not again. */
    static void notRun(Handle handle, JobMessage job, JobState state, String reason, String now) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO job (run, id, template, position, label, state, attempt, notebook, output, parameters,
                                 queued, ended, error)
                VALUES (:run, :id, :template, :position, :label, :state, :attempt, :notebook, :output,
                        :parameters, :queued, :queued, :error)
                ON CONFLICT (run, id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
                    ended = excluded.ended, error = excluded.error""");
        bind(batch, job, state, now).bind("error", reason).add();
        batch.execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, JobMessage job, JobState state, String now) {
        return batch.bind("run", job.run())
                .bind("id", job.job())
                .bind("template", job.template())
                .bind("position", job.index())
                .bind("label", job.label())
                .bind("state", state.jsonName())
                .bind("attempt", job.attempt())
                .bind("notebook", job.notebook())
                .bind("output", job.output())
                .bind("parameters", LedgerJson.text(Secrets.redact(job.parameters())))
                .bind("queued", now);
    }

    static void started(Handle handle, JobMessage job, String now) {
        handle.createUpdate("UPDATE job SET state = :state, started = :now WHERE run = :run AND id = :id")
                .bind("state", JobState.RUNNING.jsonName())
                .bind("now", now)
                .bind("run", job.run())
                .bind("id", job.job())
                .execute();
    }

    /** Notes that a job whose attempt failed waits for its next. */
    static void waits(Handle handle, JobResult result, int nextAttempt) {
        JobMessage job = result.job();
        handle.createUpdate("""
                        UPDATE job SET state = 'queued', attempt = :next, started = NULL, error = :error
                        WHERE run = :run AND id = :id""")
                .bind("next", nextAttempt)
                .bind("error", errorLine(result))
                .bind("run", job.run())
                .bind("id", job.job())
                .execute();
    }

    static void ended(Handle handle, JobResult result) {
        JobMessage job = result.job();
        double seconds = result.startSeconds() + result.runSeconds();
        boolean wasExecuted = seconds > 0 || result.leftNotebook();
        handle.createUpdate("""
                        UPDATE job SET state = :state, started = :started, ended = :ended, seconds = :seconds,
                                       results = :results, error = :error
                        WHERE run = :run AND id = :id""")
                .bind("state", result.state())
                .bind("started", result.started())
                .bind("ended", result.ended())
                .bind("seconds", wasExecuted ? Double.valueOf(seconds) : null)
                .bind("results", LedgerJson.text(result.results()))
                .bind("error", errorLine(result))
                .bind("run", job.run())
                .bind("id", job.job())
                .execute();
    }

    /** What went wrong, in a line; null if nothing did. */
    static @Nullable String errorLine(JobResult result) {
        JobResult.Failure error = result.error();
        return error == null ? null : error.ename() + ": " + error.evalue();
    }

    /** The jobs of a template, in the template's order. */
    static List<Ledger.Entry> ofTemplate(Handle handle, String run, String template) {
        return handle.createQuery(SELECT + "WHERE run = :run AND template = :template ORDER BY position")
                .bind("run", run)
                .bind("template", template)
                .map((row, context) -> entry(row))
                .list();
    }

    /** The jobs of a run, in the order of the config file. */
    static List<Ledger.Entry> ofRun(Handle handle, String run) {
        return handle.createQuery(SELECT + IN_ORDER)
                .bind("run", run)
                .map((row, context) -> entry(row))
                .list();
    }

    private static Ledger.Entry entry(ResultSet row) throws SQLException {
        double seconds = row.getDouble("seconds");
        boolean hasRun = !row.wasNull();
        return new Ledger.Entry(
                row.getString("id"),
                row.getString("label"),
                JobState.of(row.getString("state")),
                row.getString("output"),
                LedgerJson.values(row.getString("parameters")),
                LedgerJson.values(row.getString("results")),
                hasRun ? seconds : null);
    }
}
