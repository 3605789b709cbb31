package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ran, how it ended and what it produced, in a SQL database. Every change is on disk when its method returns.
 * Thread-safe: writers take turns, as SQLite wants it.
 */
public final class Ledger implements AutoCloseable {

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
        return in(LedgerDatabase.open(location), clock);
    }

    /** The ledger in a database, which is closed with it. */
    static Ledger in(LedgerDatabase database, Clock clock) {
        return new Ledger(database, clock);
    }

    /** Opens the ledger in a SQLite file. */
    public static Ledger open(Path file, Clock clock) {
        return open(LedgerLocation.file(file), clock);
    }

    /** Notes a run before any of its jobs. */
    void runStarted(String run, String pipeline, String config, int jobs, RunOrigin origin) {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO run (id, pipeline, config, state, jobs, started, config_sha256, claim, overrides,
                                         engine, selection, correlation)
                        VALUES (:id, :pipeline, :config, :state, :jobs, :started, :sha256, :claim, :overrides,
                                :engine, :selection, :correlation)""")
                .bind("correlation", origin.correlation())
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

    /** Notes what the config file of a run has under {@code jobs}: their order is that of all lists of its jobs. */
    void templates(String run, Collection<String> names) {
        database.write(handle -> JobRows.templates(handle, run, names));
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
            JobRows.queued(handle, jobs, now);
            jobs.forEach(job -> AttemptRows.queued(handle, job, now));
        });
    }

    /** Notes a job that is never queued, or not again. */
    void jobNotRun(JobMessage job, JobState state, String reason) {
        String now = now();
        database.write(handle -> {
            JobRows.notRun(handle, job, state, reason, now);
            AttemptRows.changed(handle, job, state, now);
        });
    }

    void jobStarted(JobMessage job) {
        String now = now();
        database.write(handle -> {
            JobRows.started(handle, job, now);
            AttemptRows.started(handle, job, now);
        });
    }

    /** Notes that an attempt failed and the job waits for its next. */
    void attemptEnded(JobResult result, int nextAttempt) {
        database.write(handle -> {
            AttemptRows.ended(handle, result);
            JobRows.waits(handle, result, nextAttempt);
        });
    }

    /** Notes the end of a job. What it left is unpublished until {@link #settled}. */
    void jobEnded(JobResult result) {
        database.write(handle -> {
            AttemptRows.ended(handle, result);
            Unpublished.add(handle, result);
            JobRows.ended(handle, result);
            OutputRows.insert(handle, result);
        });
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
        return database.read(handle -> JobRows.ofTemplate(handle, run, template));
    }

    /** The jobs of a run that are in the ledger, in the order of the config file. */
    public List<Entry> jobs(String run) {
        return database.read(handle -> JobRows.ofRun(handle, run));
    }

    /** How many attempts the jobs of a run have had, that of each job in the queue included. */
    int attempts(String run) {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM attempt WHERE run = :run")
                .bind("run", run)
                .mapTo(Integer.class)
                .one());
    }

    /** The runs in it, for people who look at them. */
    public RunHistory history() {
        return new RunHistory(database);
    }

    /** What it has of the chunks of jobs with a map. */
    ChunkRows chunks() {
        return new ChunkRows(database);
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
