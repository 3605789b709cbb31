package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What ran, how it ended and what it produced, in a SQL database. Every change is on disk when its method returns.
 * Thread-safe: writers take turns, as SQLite wants it.
 */
public final class Ledger implements AutoCloseable {

    private static final String SELECT_JOB =
            "SELECT id, label, state, output, parameters, results, seconds FROM job WHERE run = :run";

    /**
     * Jobs by template in the order they came, and in the template's order. When a template came is asked once for each
     * template: for each job it would make the time grow with the square of their number.
     */
    static final String IN_ORDER = """
            JOIN (SELECT template AS came_template, MIN(queued) AS came FROM job WHERE run = :run GROUP BY template)
                AS arrival ON came_template = template
            WHERE run = :run ORDER BY came, template, position""";

    private final LedgerDatabase database;
    private final Clock clock;

    private Ledger(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Opens a ledger, and brings it to the present schema; a file is made if it is not there.
     *
     * @throws LedgerException if that does not work
     */
    public static Ledger open(LedgerLocation location, Clock clock) {
        return new Ledger(LedgerDatabase.open(location), clock);
    }

    /** Opens the ledger in a SQLite file. */
    public static Ledger open(Path file, Clock clock) {
        return open(LedgerLocation.file(file), clock);
    }

    /** Notes a run before any of its jobs. */
    void runStarted(String run, String pipeline, String config, int jobs, RunOrigin origin) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO run (id, pipeline, config, state, jobs, started, config_sha256, claim, overrides,
                                         engine, selection)
                        VALUES (:id, :pipeline, :config, :state, :jobs, :started, :sha256, :claim, :overrides,
                                :engine, :selection)""")
                .bind("selection", origin.only().isEmpty() ? null : LedgerJson.text(origin.only()))
                .bind("engine", EngineProcess.current())
                .bind("sha256", origin.configSha256())
                .bind("claim", origin.claim())
                .bind("overrides", LedgerJson.text(Secrets.redact(origin.overrides())))
                .bind("id", run)
                .bind("pipeline", pipeline)
                .bind("config", config)
                .bind("state", RunState.RUNNING.jsonName())
                .bind("jobs", jobs)
                .bind("started", now())
                .execute());
    }

    void runEnded(String run, RunState state) {
        database.write(handle -> handle.createUpdate("UPDATE run SET state = :state, ended = :ended WHERE id = :id")
                .bind("id", run)
                .bind("state", state.jsonName())
                .bind("ended", now())
                .execute());
    }

    /** Notes jobs that go to the queue. */
    void jobsQueued(List<JobMessage> jobs) {
        String now = now();
        database.write(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO job (run, id, template, position, label, state, attempt, notebook, output, parameters,
                                     queued)
                    VALUES (:run, :id, :template, :position, :label, :state, :attempt, :notebook, :output,
                            :parameters, :queued)
                    ON CONFLICT (run, id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
                        notebook = excluded.notebook, output = excluded.output, parameters = excluded.parameters,
                        started = NULL, ended = NULL, seconds = NULL, results = NULL,
                        error = NULL""");
            for (JobMessage job : jobs) {
                bindJob(batch, job, JobState.QUEUED, now).add();
                change(handle, job, JobState.QUEUED, now);
                handle.createUpdate("""
                                INSERT INTO attempt (run, job, attempt, state, queued)
                                VALUES (:run, :job, :attempt, 'queued', :now)
                                ON CONFLICT (run, job, attempt) DO UPDATE SET queued = excluded.queued""")
                        .bind("run", job.run())
                        .bind("job", job.job())
                        .bind("attempt", job.attempt())
                        .bind("now", now)
                        .execute();
            }
            batch.execute();
        });
    }

    /** Notes a job that is never queued, or not again. */
    void jobNotRun(JobMessage job, JobState state, String reason) {
        String now = now();
        database.write(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO job (run, id, template, position, label, state, attempt, notebook, output, parameters,
                                     queued, ended, error)
                    VALUES (:run, :id, :template, :position, :label, :state, :attempt, :notebook, :output,
                            :parameters, :queued, :queued, :error)
                    ON CONFLICT (run, id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt,
                        ended = excluded.ended, error = excluded.error""");
            bindJob(batch, job, state, now).bind("error", reason).add();
            batch.execute();
            change(handle, job, state, now);
        });
    }

    private static PreparedBatch bindJob(PreparedBatch batch, JobMessage job, JobState state, String now) {
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

    void jobStarted(JobMessage job) {
        String now = now();
        database.write(handle -> {
            handle.createUpdate("UPDATE job SET state = :state, started = :now WHERE run = :run AND id = :id")
                    .bind("state", JobState.RUNNING.jsonName())
                    .bind("now", now)
                    .bind("run", job.run())
                    .bind("id", job.job())
                    .execute();
            handle.createUpdate("UPDATE attempt SET state = 'running', started = :now"
                            + " WHERE run = :run AND job = :job AND attempt = :attempt")
                    .bind("now", now)
                    .bind("run", job.run())
                    .bind("job", job.job())
                    .bind("attempt", job.attempt())
                    .execute();
            change(handle, job, JobState.RUNNING, now);
        });
    }

    /** Notes that an attempt failed and the job waits for its next. */
    void attemptEnded(JobResult result, int nextAttempt) {
        JobMessage job = result.job();
        database.write(handle -> {
            endAttempt(handle, result);
            handle.createUpdate("""
                            UPDATE job SET state = 'queued', attempt = :next, started = NULL, error = :error
                            WHERE run = :run AND id = :id""")
                    .bind("next", nextAttempt)
                    .bind("error", errorLine(result))
                    .bind("run", job.run())
                    .bind("id", job.job())
                    .execute();
        });
    }

    private static void endAttempt(Handle handle, JobResult result) {
        JobMessage job = result.job();
        handle.createUpdate("""
                        UPDATE attempt SET state = :state, started = :started, ended = :ended, seconds = :seconds,
                                           error = :error
                        WHERE run = :run AND job = :job AND attempt = :attempt""")
                .bind("state", result.state())
                .bind("started", result.started())
                .bind("ended", result.ended())
                .bind("seconds", result.startSeconds() + result.runSeconds())
                .bind("error", errorLine(result))
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .execute();
        change(handle, job, result.jobState(), result.ended());
    }

    private static @Nullable String errorLine(JobResult result) {
        JobResult.Failure error = result.error();
        return error == null ? null : error.ename() + ": " + error.evalue();
    }

    /** Notes the end of a job. What it left is unpublished until {@link #settled}. */
    void jobEnded(JobResult result) {
        JobMessage job = result.job();
        database.write(handle -> {
            endAttempt(handle, result);
            Unpublished.add(handle, result);
            handle.createUpdate("""
                            UPDATE job SET state = :state, started = :started, ended = :ended, seconds = :seconds,
                                           results = :results, error = :error
                            WHERE run = :run AND id = :id""")
                    .bind("state", result.state())
                    .bind("started", result.started())
                    .bind("ended", result.ended())
                    .bind("seconds", result.startSeconds() + result.runSeconds())
                    .bind("results", LedgerJson.text(result.results()))
                    .bind("error", errorLine(result))
                    .bind("run", job.run())
                    .bind("id", job.job())
                    .execute();
            OutputRows.insert(handle, result);
        });
    }

    private static void change(Handle handle, JobMessage job, JobState state, String at) {
        handle.createUpdate("INSERT INTO state_change (run, job, attempt, state, at)"
                        + " VALUES (:run, :job, :attempt, :state, :at)")
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .bind("state", state.jsonName())
                .bind("at", at)
                .execute();
    }

    /** Notes that all that a job left is delivered or given up; what was given up stays unpublished. */
    void settled(JobMessage job) {
        database.write(handle -> Unpublished.remove(handle, job));
    }

    /** Notes that a file of a job arrived at a destination, or did not after all tries. */
    void published(String run, String job, String eventId, String destination, String file, @Nullable String error) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO publication (run, job, event_id, destination, file, state, error, at)
                        VALUES (:run, :job, :eventId, :destination, :file, :state, :error, :at)""")
                .bind("run", run)
                .bind("job", job)
                .bind("eventId", eventId)
                .bind("destination", Secrets.redact(destination))
                .bind("file", file)
                .bind("state", error == null ? "delivered" : "undelivered")
                .bind("error", error)
                .bind("at", now())
                .execute());
    }

    /**
     * A job as the ledger has it.
     *
     * @param parameters with secrets left out
     * @param seconds how long its kernel took to start and its cells to run; null if it did not run
     */
    public record Entry(
            String id,
            String label,
            JobState state,
            String output,
            Map<String, JsonNode> parameters,
            Map<String, JsonNode> results,
            @Nullable Double seconds) {}

    /** The jobs with a cache key that have succeeded, the last one first. */
    public List<Reusable> reusable(String key) {
        return database.read(handle -> OutputRows.reusable(handle, key));
    }

    /** The jobs of a template that are over, with what they left, in the template's order. */
    List<Finished> finished(String run, String template) {
        Map<String, OutputRows.Left> left = database.read(handle -> OutputRows.ofTemplate(handle, run, template));
        return jobs(run, template).stream()
                .map(job -> {
                    OutputRows.Left own = left.getOrDefault(job.id(), OutputRows.Left.NOTHING);
                    return new Finished(
                            job.id(),
                            job.label(),
                            job.state(),
                            job.output(),
                            job.parameters(),
                            job.results(),
                            own.sha256(),
                            own.files());
                })
                .toList();
    }

    /** The jobs of a template that are in the ledger, in the template's order. */
    List<Entry> jobs(String run, String template) {
        return database.read(handle -> handle.createQuery(SELECT_JOB + " AND template = :template ORDER BY position")
                .bind("run", run)
                .bind("template", template)
                .map((row, context) -> entry(row))
                .list());
    }

    /** The jobs of a run that are in the ledger: by template in the order they came, and in the template's order. */
    public List<Entry> jobs(String run) {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, label, state, output, parameters, results, seconds FROM job " + IN_ORDER)
                .bind("run", run)
                .map((row, context) -> entry(row))
                .list());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        double seconds = row.getDouble("seconds");
        boolean hasRun = !row.wasNull();
        return new Entry(
                row.getString("id"),
                row.getString("label"),
                JobState.of(row.getString("state")),
                row.getString("output"),
                LedgerJson.values(row.getString("parameters")),
                LedgerJson.values(row.getString("results")),
                hasRun ? seconds : null);
    }

    /** The runs in it, for people who look at them. */
    public RunHistory history() {
        return new RunHistory(database);
    }

    /** How to go on with runs that did not get to their end. */
    Resumption resumption() {
        return new Resumption(database, clock);
    }

    @Override
    public void close() {
        database.close();
    }

    private String now() {
        return clock.instant().toString();
    }
}
