package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The runs of a ledger, for people who look at them. Thread-safe. */
public final class RunHistory {

    private static final String SELECT =
            "SELECT id, pipeline, config, state, jobs, started, ended, config_sha256, claim,"
                    + " overrides, engine, selection, correlation FROM run ";

    private final LedgerDatabase database;

    RunHistory(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * A run.
     *
     * @param jobs the number of its jobs
     * @param started ISO 8601, UTC
     * @param counts how many of its jobs are in which state; those that are in none wait for others
     * @param overrides the parameters of the command line, with secrets left out
     * @param engine the {@link EngineProcess#current name} of the process that ran it last; null of old runs
     * @param only the jobs that were named for it; none if it is of all
     * @param correlation the id by which whoever sent the config knows the run; null if there is none
     */
    public record Entry(
            String id,
            String pipeline,
            String config,
            RunState state,
            int jobs,
            String started,
            @Nullable String ended,
            Map<String, Integer> counts,
            Map<String, JsonNode> overrides,
            @Nullable String engine,
            List<String> only,
            @Nullable String correlation) {

        /** From its first start to its last end; empty if it has not ended. */
        public Optional<Double> seconds() {
            return Optional.ofNullable(ended)
                    .map(end -> Duration.between(Instant.parse(started), Instant.parse(end))
                                    .toMillis()
                            / 1000.0);
        }

        /** Whether its engine ended before it did, as far as this machine can tell. */
        public boolean isCutOff() {
            return state == RunState.RUNNING && engine != null && EngineProcess.hasEnded(engine);
        }

        /** @throws ResumeException if the engine that runs it lives */
        public void requireNoEngine() {
            if (state == RunState.RUNNING && engine != null) {
                EngineProcess.living(engine).ifPresent(process -> {
                    throw new ResumeException(
                            "run " + id + " still goes on, in process " + process + "; wait for its end, or end it");
                });
            }
        }
    }

    /**
     * A job of a run.
     *
     * @param seconds of its last attempt; null if there was none
     */
    public record JobEntry(
            String id,
            String label,
            String state,
            int attempt,
            @Nullable Double seconds,
            @Nullable String error,
            String output) {}

    /** An attempt of a job; the times are ISO 8601, UTC. */
    public record AttemptEntry(
            String job,
            int attempt,
            String state,
            String started,
            @Nullable String ended) {}

    /** The newest runs, the newest first. */
    public List<Entry> runs(int most) {
        return database.read(handle -> handle.createQuery(SELECT + "ORDER BY id DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> entry(handle, row))
                .list());
    }

    /**
     * The run of an id, of the beginning of one, or the newest for {@code latest}.
     *
     * @throws ResumeException if there is none, or more than one
     */
    public Entry run(String name) {
        if (name.equals("latest")) {
            return runs(1).stream()
                    .findFirst()
                    .orElseThrow(() -> new ResumeException("there is no run yet in " + database.name()));
        }
        List<Entry> found = database.read(
                handle -> handle.createQuery(SELECT + "WHERE substr(id, 1, :length) = :name ORDER BY id DESC LIMIT 6")
                        .bind("length", name.length())
                        .bind("name", name)
                        .map((row, context) -> entry(handle, row))
                        .list());
        if (found.isEmpty()) {
            throw new ResumeException("there is no run '" + name + "' in " + database.name()
                    + "; `camel-notebook runs` lists those there are");
        }
        if (found.size() > 1) {
            throw new ResumeException("more than one run begins with '" + name + "': "
                    + String.join(", ", found.stream().map(Entry::id).toList()) + "; give more of the id");
        }
        return found.get(0);
    }

    /**
     * What went wrong in the run that a watcher began for that claim of that content, a line each: nothing if it was
     * flawless; empty if it did not end.
     */
    public Optional<List<String>> endOf(String claim, @Nullable String configSha256) {
        return database.read(handle -> handle.createQuery("SELECT id FROM run WHERE claim = :claim"
                        + " AND config_sha256 = :sha256 AND state IN ('succeeded', 'failed') ORDER BY id DESC LIMIT 1")
                .bind("claim", claim)
                .bind("sha256", configSha256)
                .mapTo(String.class)
                .findOne()
                .map(run -> problems(handle, run)));
    }

    private static List<String> problems(Handle handle, String run) {
        List<String> problems = new ArrayList<>(handle.createQuery("SELECT id, state, error FROM job WHERE run = :run"
                        + " AND state NOT IN ('succeeded', 'cached') ORDER BY template, position LIMIT :most")
                .bind("run", run)
                .bind("most", Run.MOST_PROBLEMS)
                .map((row, context) -> "job '" + row.getString("id") + "' "
                        + row.getString("state").replace('_', ' ')
                        + (row.getString("error") == null ? "" : ": " + row.getString("error")))
                .list());
        problems.addAll(handle.createQuery("SELECT job, file, destination, error FROM publication WHERE run = :run"
                        + " AND state = 'undelivered' ORDER BY at LIMIT :most")
                .bind("run", run)
                .bind("most", Run.MOST_PROBLEMS)
                .map((row, context) -> (row.getString("job").isEmpty() ? "" : "job '" + row.getString("job") + "': ")
                        + row.getString("file")
                        + " was not delivered to " + row.getString("destination") + ": " + row.getString("error"))
                .list());
        return problems;
    }

    /** The jobs of a run that are in the ledger, in the order they came. */
    public List<JobEntry> jobs(String run) {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, label, state, attempt, seconds, error, output FROM job " + JobRows.IN_ORDER)
                .bind("run", run)
                .map((row, context) -> job(row))
                .list());
    }

    /** The attempts of a run that have started, in their order. */
    public List<AttemptEntry> attempts(String run) {
        return database.read(handle -> handle.createQuery("SELECT job, attempt, state, started, ended FROM attempt"
                        + " WHERE run = :run AND started IS NOT NULL ORDER BY job, attempt")
                .bind("run", run)
                .map((row, context) -> new AttemptEntry(
                        row.getString("job"),
                        row.getInt("attempt"),
                        row.getString("state"),
                        row.getString("started"),
                        row.getString("ended")))
                .list());
    }

    private static JobEntry job(ResultSet row) throws SQLException {
        double seconds = row.getDouble("seconds");
        Double known = row.wasNull() ? null : seconds;
        return new JobEntry(
                row.getString("id"),
                row.getString("label"),
                row.getString("state"),
                row.getInt("attempt"),
                known,
                row.getString("error"),
                row.getString("output"));
    }

    private static Entry entry(Handle handle, ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new Entry(
                id,
                row.getString("pipeline"),
                row.getString("config"),
                RunState.of(row.getString("state")),
                row.getInt("jobs"),
                row.getString("started"),
                row.getString("ended"),
                counts(handle, id),
                LedgerJson.values(row.getString("overrides")),
                row.getString("engine"),
                LedgerJson.names(row.getString("selection")),
                row.getString("correlation"));
    }

    private static Map<String, Integer> counts(Handle handle, String run) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        handle.createQuery("SELECT state, COUNT(*) AS jobs FROM job WHERE run = :run GROUP BY state ORDER BY state")
                .bind("run", run)
                .map((row, context) -> Map.entry(row.getString("state"), row.getInt("jobs")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}
