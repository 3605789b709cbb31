package io.camelnotebook.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What was done of a map before it went on here.
 *
 * @param chunks the number of the last chunk that was made
 * @param left what is between items that were done
 * @param waiting chunks that were done, and whose results are not written yet
 * @param next the first item whose results are not written, if they are written in order
 * @param done how many items were done
 * @param end the number of the first item after all that were done
 * @param to where it begins
 * @param bytes how large the file with the results is
 * @param failed how many items failed
 * @param seconds how long the items took, all together
 */
record EarlierChunks(
        int chunks,
        List<Slice> left,
        List<MapProgress.Chunk> waiting,
        long next,
        long done,
        long end,
        long to,
        long bytes,
        long failed,
        double seconds) {

    /** Nothing was done. */
    static EarlierChunks none() {
        return of(List.of(), 0);
    }

    /**
     * @param rows the chunks that are done and whose results are there, in the order of their items
     * @param start where the first item of all begins
     */
    static EarlierChunks of(List<ChunkRows.Row> rows, long start) {
        int chunks = 0;
        List<Slice> left = new ArrayList<>();
        List<MapProgress.Chunk> waiting = new ArrayList<>();
        long written = 0;
        long done = 0;
        long end = 0;
        long to = start;
        long bytes = 0;
        long failed = 0;
        double seconds = 0;
        for (ChunkRows.Row row : rows) {
            Slice slice = row.slice();
            chunks = Math.max(chunks, row.number());
            if (slice.first() > end) {
                left.addAll(gap(end, slice.first(), to, slice.from()));
            }
            Long resultsEnd = row.resultsEnd();
            if (resultsEnd != null) {
                written += slice.items();
                bytes = Math.max(bytes, resultsEnd);
            } else {
                waiting.add(new MapProgress.Chunk(row.number(), slice, 1));
            }
            done += slice.items();
            failed += row.failed();
            seconds += row.seconds();
            end = slice.first() + slice.items();
            to = slice.to();
        }
        return new EarlierChunks(chunks, left, waiting, written, done, end, to, bytes, failed, seconds);
    }

    private static List<Slice> gap(long first, long end, long from, long to) {
        return List.of(new Slice(first, Math.toIntExact(end - first), from, to));
    }
}
