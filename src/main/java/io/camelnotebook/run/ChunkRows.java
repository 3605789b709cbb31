package io.camelnotebook.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ledger has of the chunks of jobs with a map: a row for each that is done. Thread-safe. */
final class ChunkRows {

    /**
     * A chunk that is done.
     *
     * @param attempt which try of it that was, from 1
     * @param failed how many of its items failed
     * @param seconds how long its items took
     * @param resultsEnd how large the file with the results of the job was once those of the chunk were in it; null if they
     *     are not yet
     */
    record Row(
            int number,
            Slice slice,
            int attempt,
            int failed,
            double seconds,
            @Nullable Long resultsEnd) {

        boolean isWritten() {
            return resultsEnd != null;
        }
    }

    /** Chunks whose results have been appended to those of the job. */
    record Written(int number, long resultsEnd) {}

    private final LedgerDatabase database;

    ChunkRows(LedgerDatabase database) {
        this.database = database;
    }

    /**
     * Notes in one step what has become of chunks.
     *
     * @param work tells what the chunk's results depend on: those of other work count for nothing
     * @param done a chunk that is done; null if none is
     */
    void note(JobMessage job, String work, @Nullable Row done, List<Written> written) {
        database.write(handle -> {
            if (done != null) {
                handle.createUpdate("""
                                INSERT INTO chunk (run, job, number, work, attempt, first_item, items, from_offset, to_offset,
                                                   failed, seconds)
                                VALUES (:run, :job, :number, :work, :attempt, :first, :items, :from, :to, :failed, :seconds)""")
                        .bind("run", job.run())
                        .bind("job", job.job())
                        .bind("number", done.number())
                        .bind("work", work)
                        .bind("attempt", done.attempt())
                        .bind("first", done.slice().first())
                        .bind("items", done.slice().items())
                        .bind("from", done.slice().from())
                        .bind("to", done.slice().to())
                        .bind("failed", done.failed())
                        .bind("seconds", done.seconds())
                        .execute();
            }
            for (Written chunk : written) {
                handle.createUpdate("UPDATE chunk SET results_end = :end"
                                + " WHERE run = :run AND job = :job AND number = :number")
                        .bind("end", chunk.resultsEnd())
                        .bind("run", job.run())
                        .bind("job", job.job())
                        .bind("number", chunk.number())
                        .execute();
            }
        });
    }

    /** The chunks of a job that were done by such work, in the order of their items. */
    List<Row> done(JobMessage job, String work) {
        return database.read(handle -> handle.createQuery("""
                        SELECT number, attempt, first_item, items, from_offset, to_offset, failed, seconds, results_end
                        FROM chunk WHERE run = :run AND job = :job AND work = :work ORDER BY first_item""")
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("work", work)
                .map((row, context) -> {
                    long end = row.getLong("results_end");
                    Long resultsEnd = row.wasNull() ? null : end;
                    return new Row(
                            row.getInt("number"),
                            new Slice(
                                    row.getLong("first_item"),
                                    row.getInt("items"),
                                    row.getLong("from_offset"),
                                    row.getLong("to_offset")),
                            row.getInt("attempt"),
                            row.getInt("failed"),
                            row.getDouble("seconds"),
                            resultsEnd);
                })
                .list());
    }

    /** Forgets the chunks of a job, which begins anew. */
    void forget(JobMessage job) {
        database.write(handle -> handle.createUpdate("DELETE FROM chunk WHERE run = :run AND job = :job")
                .bind("run", job.run())
                .bind("job", job.job())
                .execute());
    }

    /** Forgets a chunk whose results were lost. */
    void forget(JobMessage job, int number) {
        database.write(
                handle -> handle.createUpdate("DELETE FROM chunk WHERE run = :run AND job = :job AND number = :number")
                        .bind("run", job.run())
                        .bind("job", job.job())
                        .bind("number", number)
                        .execute());
    }
}
