package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.camelnotebook.pipeline.MapItems;
import io.camelnotebook.run.MapProgress.Chunk;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapProgressTest {

    private static ItemRange range(long items) {
        return new ItemRange(new MapItems.Numbers(BigDecimal.ZERO, BigDecimal.ONE, items, true), 0);
    }

    private static MapProgress progress(long items, int chunk, boolean ordered) {
        return new MapProgress(range(items), new ChunkSize(OptionalInt.of(chunk), 2), ordered, EarlierChunks.none());
    }

    private static List<Chunk> allDone(MapProgress map, Chunk chunk) {
        map.done(chunk.number(), chunk.slice().items(), chunk.slice().to(), 1);
        return map.takeWritable();
    }

    @Test
    void aMapWithoutItemsIsOverAtOnce() throws IOException {
        MapProgress map = progress(0, 5, true);

        assertThat(map.take()).isEmpty();
        assertThat(map.isOver()).isTrue();
    }

    @Test
    void resultsWaitForThoseBeforeThem() throws IOException {
        MapProgress map = progress(5, 2, true);
        Chunk first = map.take().orElseThrow();
        Chunk second = map.take().orElseThrow();
        Chunk third = map.take().orElseThrow();
        assertThat(map.take()).isEmpty();

        assertThat(allDone(map, third)).isEmpty();
        assertThat(allDone(map, first)).containsExactly(first);
        assertThat(map.isOver()).isFalse();
        assertThat(allDone(map, second)).containsExactly(second, third);
        assertThat(map.isOver()).isTrue();
        assertThat(map.done()).isEqualTo(5);
    }

    @Test
    void resultsWithoutOrderWaitForNothing() throws IOException {
        MapProgress map = progress(4, 2, false);
        Chunk first = map.take().orElseThrow();
        Chunk second = map.take().orElseThrow();

        assertThat(allDone(map, second)).containsExactly(second);
        assertThat(allDone(map, first)).containsExactly(first);
    }

    @Test
    void whatAChunkLeavesGoesBeforeAllThatFollows() throws IOException {
        MapProgress map = progress(10, 4, true);
        Chunk first = map.take().orElseThrow();

        map.done(first.number(), 1, 1, 3);

        assertThat(map.takeWritable()).containsExactly(new Chunk(1, new Slice(0, 1, 0, 1), 1));
        assertThat(map.take()).contains(new Chunk(2, new Slice(1, 3, 1, 4), 1));
        assertThat(map.take()).contains(new Chunk(3, new Slice(4, 4, 4, 8), 1));
    }

    @Test
    void aChunkThatFailedIsDoneAgainAsItWas() throws IOException {
        MapProgress map = progress(4, 2, true);
        map.take();
        map.failed(1);
        assertThat(map.isOver()).isFalse();

        assertThat(map.due(1)).isTrue();
        assertThat(map.due(1)).isFalse();
        assertThat(map.take()).contains(new Chunk(1, new Slice(0, 2, 0, 2), 2));
    }

    @Test
    void theHalvesOfAChunkGoInItsPlace() throws IOException {
        MapProgress map = progress(5, 5, true);
        map.take();

        map.halve(1);

        assertThat(map.take()).contains(new Chunk(2, new Slice(0, 2, 0, 2), 1));
        assertThat(map.take()).contains(new Chunk(3, new Slice(2, 3, 2, 5), 1));
        assertThat(map.take()).isEmpty();
    }

    @Test
    void whatWasDoneBeforeIsNotDoneAgain() throws IOException {
        EarlierChunks earlier = EarlierChunks.of(
                List.of(
                        new ChunkRows.Row(1, new Slice(0, 2, 0, 2), 1, 0, 1, 40L),
                        new ChunkRows.Row(4, new Slice(5, 2, 5, 7), 2, 1, 1, null)),
                0);
        ItemRange source = range(9);
        source.next((int) earlier.end());
        MapProgress map = new MapProgress(source, new ChunkSize(OptionalInt.of(2), 2), true, earlier);

        assertThat(map.done()).isEqualTo(4);
        Chunk gap = map.take().orElseThrow();
        assertThat(gap).isEqualTo(new Chunk(5, new Slice(2, 2, 2, 4), 1));
        Chunk rest = map.take().orElseThrow();
        assertThat(rest.slice()).isEqualTo(new Slice(4, 1, 4, 5));
        Chunk last = map.take().orElseThrow();
        assertThat(last.slice()).isEqualTo(new Slice(7, 2, 7, 9));
        assertThat(allDone(map, gap)).extracting(Chunk::number).containsExactly(5);
        assertThat(allDone(map, rest)).extracting(Chunk::number).containsExactly(6, 4);
        assertThat(allDone(map, last)).extracting(Chunk::number).containsExactly(7);
        assertThat(map.isOver()).isTrue();
        assertThat(earlier.bytes()).isEqualTo(40);
    }

    @Test
    void aChunkThatIsNotOnItsWayCannotEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> progress(4, 2, true).failed(1))
                .withMessage("chunk 1 is not on its way");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheChunksAndHoweverTheyEndEachItemIsWrittenOnce(boolean ordered) throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int items = random.nextInt(200);
            MapProgress map = new MapProgress(
                    range(items),
                    new ChunkSize(
                            random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(30)), 3),
                    ordered,
                    EarlierChunks.none());
            List<Chunk> inFlight = new ArrayList<>();
            List<Long> written = new ArrayList<>();
            while (!map.isOver()) {
                if (inFlight.size() < 4) {
                    Optional<Chunk> next = map.take();
                    next.ifPresent(inFlight::add);
                    if (next.isPresent() && random.nextBoolean()) {
                        continue;
                    }
                }
                if (!inFlight.isEmpty()) {
                    Chunk chunk = inFlight.remove(random.nextInt(inFlight.size()));
                    int fate = random.nextInt(6);
                    if (fate == 0) {
                        map.failed(chunk.number());
                        map.due(chunk.number());
                    } else if (fate == 1 && chunk.slice().items() > 1) {
                        map.halve(chunk.number());
                    } else {
                        int done = 1 + random.nextInt(chunk.slice().items());
                        map.done(chunk.number(), done, chunk.slice().from() + done, random.nextDouble());
                        map.takeWritable()
                                .forEach(each -> LongStream.range(
                                                each.slice().from(),
                                                each.slice().to())
                                        .forEach(written::add));
                    }
                }
            }
            List<Long> all = LongStream.range(0, items).boxed().toList();
            if (ordered) {
                assertThat(written).isEqualTo(all);
            } else {
                assertThat(written).containsExactlyInAnyOrderElementsOf(all);
            }
        }
    }
}
