package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of runs that did not get to their end, and how it lets them go on. Thread-safe. */
final class Resumption {

    private static final String LOST = "EngineLost: the engine ended in the middle of the attempt";

    private final LedgerDatabase database;
    private final Clock clock;

    Resumption(LedgerDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A job that is over. */
    record Over(
            String template,
            int position,
            String id,
            JobState state,
            String output,
            Map<String, JsonNode> parameters,
            @Nullable String error) {}

    /** The run that a watcher began for that claim of that content, and that did not come to its end. */
    Optional<String> unfinished(String claim, String configSha256) {
        return database.read(handle -> handle.createQuery("SELECT id FROM run WHERE claim = :claim"
                        + " AND config_sha256 = :sha256 AND state IN ('running', 'cancelled') ORDER BY id DESC LIMIT 1")
                .bind("claim", claim)
                .bind("sha256", configSha256)
                .mapTo(String.class)
                .findOne());
    }

    /** Makes the jobs that are to be run again queued ones, with their next attempt, unless they never started. */
    void reopen(String run, Redo redo) {
        String now = clock.instant().toString();
        database.write(handle -> {
            loseAttempts(handle, run, now);
            handle.createUpdate("DELETE FROM job WHERE run = :run AND state IN (<states>) AND NOT EXISTS"
                            + " (SELECT 1 FROM attempt WHERE attempt.run = job.run AND attempt.job = job.id)")
                    .bind("run", run)
                    .bindList("states", redo.states())
                    .execute();
            handle.createUpdate("""
                            UPDATE job SET state = 'queued', started = NULL, ended = NULL, seconds = NULL, results = NULL,
                                attempt = attempt + (SELECT COUNT(*) FROM attempt WHERE attempt.run = job.run
                                    AND attempt.job = job.id AND attempt.attempt = job.attempt
                                    AND attempt.state <> 'queued')
                            WHERE run = :run AND state IN (<states>)""")
                    .bind("run", run)
                    .bindList("states", redo.states())
                    .execute();
            // Without a job it is the end of the run, which comes again.
            handle.createUpdate("DELETE FROM publication WHERE run = :run AND state = 'undelivered' AND (job = ''"
                            + " OR job IN (SELECT job FROM unpublished WHERE run = :run))")
                    .bind("run", run)
                    .execute();
            handle.createUpdate("DELETE FROM unpublished WHERE run = :run AND job IN"
                            + " (SELECT id FROM job WHERE run = :run AND state = 'queued')")
                    .bind("run", run)
                    .execute();
            handle.createUpdate("UPDATE run SET state = 'running', ended = NULL, engine = :engine WHERE id = :run")
                    .bind("engine", EngineProcess.current())
                    .bind("run", run)
                    .execute();
        });
    }

    private static void loseAttempts(Handle handle, String run, String now) {
        handle.createUpdate("INSERT INTO state_change (run, job, attempt, state, at)"
                        + " SELECT run, id, attempt, 'kernel_died', :now FROM job"
                        + " WHERE run = :run AND state = 'running'")
                .bind("now", now)
                .bind("run", run)
                .execute();
        handle.createUpdate("UPDATE attempt SET state = 'kernel_died', ended = :now, error = :error"
                        + " WHERE run = :run AND state = 'running'")
                .bind("now", now)
                .bind("error", LOST)
                .bind("run", run)
                .execute();
    }

    /** The jobs of a run that are over, as they would be if it went on. */
    List<Over> over(String run, Redo redo) {
        return database.read(handle -> handle.createQuery(
                        "SELECT template, position, id, state, output, parameters, error FROM job"
                                + " WHERE run = :run AND state <> 'queued' AND state NOT IN (<states>)"
                                + " ORDER BY template, position")
                .bind("run", run)
                .bindList("states", redo.states())
                .map((row, context) -> new Over(
                        row.getString("template"),
                        row.getInt("position"),
                        row.getString("id"),
                        JobState.of(row.getString("state")),
                        row.getString("output"),
                        LedgerJson.values(row.getString("parameters")),
                        row.getString("error")))
                .list());
    }

    /** Which attempt of a job is next. */
    int attempt(String run, String job) {
        return database.read(handle -> handle.createQuery("SELECT attempt FROM job WHERE run = :run AND id = :job")
                .bind("run", run)
                .bind("job", job)
                .mapTo(Integer.class)
                .findOne()
                .orElse(1));
    }

    List<JobResult> unpublished(String run) {
        return database.read(handle -> Unpublished.of(handle, run));
    }

    /** Whether a file of a job arrived at a destination already. */
    boolean isDelivered(String run, String job, String eventId, String destination, String file) {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM publication WHERE run = :run"
                                + " AND job = :job AND event_id = :eventId AND destination = :destination"
                                + " AND file = :file AND state = 'delivered'")
                        .bind("run", run)
                        .bind("job", job)
                        .bind("eventId", eventId)
                        .bind("destination", Secrets.redact(destination))
                        .bind("file", file)
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }

    /** How many files of a run were given up. */
    int undelivered(String run) {
        return database.read(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM publication WHERE run = :run AND state = 'undelivered'")
                .bind("run", run)
                .mapTo(Integer.class)
                .one());
    }
}
