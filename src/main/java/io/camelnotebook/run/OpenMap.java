package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.MapItems;
import io.camelnotebook.pipeline.MapSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The items and results of a map, in files and in the ledger: the two agree whatever happens. Not thread-safe. */
final class OpenMap {

    private static final Logger LOG = LoggerFactory.getLogger(OpenMap.class);

    private final JobMessage job;
    private final String work;
    private final ChunkRows rows;
    private final MapResults results;
    private final ChunkSize size;
    private final EarlierChunks earlier;
    private final ItemSource source;
    private final MapProgress progress;

    /**
     * Opens the items, and goes on after those that were done before.
     *
     * @param sideBySide how many chunks may be on their way at once
     * @throws IOException if the items cannot be read, or the results cannot be written
     */
    OpenMap(JobResult definitions, MapSpec map, MapItems items, ChunkRows rows, int sideBySide) throws IOException {
        this.job = definitions.job();
        this.rows = rows;
        work = MapWork.of(definitions, map, items, file(items));
        results = new MapResults(Path.of(job.output()));
        size = new ChunkSize(map.chunk(), sideBySide);
        List<ChunkRows.Row> done = resultsThatAreThere(rows.done(job, work));
        if (done.isEmpty()) {
            rows.forget(job);
            results.begin();
        }
        Path lines = lines(items);
        try (ItemSource first = ItemSource.open(items, lines, 0, 0)) {
            earlier = EarlierChunks.of(done, first.position());
        }
        if (!done.isEmpty()) {
            results.goOn(earlier.bytes());
        }
        source = ItemSource.open(items, lines, earlier.end(), earlier.to());
        progress = new MapProgress(source, size, map.ordered(), earlier);
        note(null);
    }

    private List<ChunkRows.Row> resultsThatAreThere(List<ChunkRows.Row> done) {
        List<ChunkRows.Row> there = new ArrayList<>();
        for (ChunkRows.Row row : done) {
            if (row.isWritten() || Files.exists(results.ofChunk(row.number()))) {
                there.add(row);
            } else {
                rows.forget(job, row.number());
            }
        }
        return there;
    }

    private Optional<Path> file(MapItems items) {
        return items instanceof MapItems.Lines lines
                ? Optional.of(Path.of(job.directory()).resolve(lines.file()))
                : Optional.empty();
    }

    private Path lines(MapItems items) throws IOException {
        Optional<Path> file = file(items);
        if (file.isPresent()) {
            return file.get();
        }
        if (items instanceof MapItems.Listed listed) {
            Files.createDirectories(results.items().getParent());
            try (BufferedWriter writer = Files.newBufferedWriter(results.items())) {
                for (JsonNode item : listed.items()) {
                    writer.write(MessageJson.mapper().writeValueAsString(item));
                    writer.write('\n');
                }
            }
        }
        return results.items();
    }

    EarlierChunks earlier() {
        return earlier;
    }

    ItemSource source() {
        return source;
    }

    MapProgress progress() {
        return progress;
    }

    MapResults results() {
        return results;
    }

    /** What a kernel is told of a chunk. */
    MapCall.Chunk chunk(MapProgress.Chunk chunk) {
        return source.chunk(chunk, results.ofChunk(chunk.number()), size.limit().map(Duration::toMillis));
    }

    /** Notes that a chunk is done, whose results are in its file, and appends to the results what is next. */
    void done(MapProgress.Chunk chunk, ChunkOutcome outcome) throws IOException {
        progress.done(chunk.number(), outcome.items(), outcome.next(), outcome.seconds());
        note(new ChunkRows.Row(
                chunk.number(),
                chunk.slice().first(outcome.items(), outcome.next()),
                chunk.attempt(),
                outcome.failed(),
                outcome.seconds(),
                null));
    }

    private void note(ChunkRows.@Nullable Row done) throws IOException {
        List<ChunkRows.Written> written = new ArrayList<>();
        for (MapProgress.Chunk next : progress.takeWritable()) {
            written.add(new ChunkRows.Written(next.number(), results.append(next.number())));
        }
        if (done != null || !written.isEmpty()) {
            rows.note(job, work, done, written);
        }
        for (ChunkRows.Written chunk : written) {
            results.remove(chunk.number());
        }
    }

    /** @param isComplete whether nobody will go on with what is in files of chunks */
    void close(boolean isComplete) {
        try {
            source.close();
            if (isComplete) {
                results.close();
            }
        } catch (IOException e) {
            LOG.warn("Files of the map {} are left: {}", job.job(), e.getMessage());
        }
    }
}
