package io.camelnotebook.run;

import io.camelnotebook.pipeline.MapItems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Items that are numbers, all of them known. */
final class ItemRange implements ItemSource {

    private final MapItems.Numbers numbers;
    private long next;

    /** @param next the first one that is asked for */
    ItemRange(MapItems.Numbers numbers, long next) {
        this.numbers = numbers;
        this.next = next;
    }

    @Override
    public Optional<Slice> next(int most) {
        int items = (int) Math.min(most, numbers.size() - next);
        if (items == 0) {
            return Optional.empty();
        }
        Slice slice = new Slice(next, items, next, next + items);
        next += items;
        return Optional.of(slice);
    }

    @Override
    public boolean hasNext() {
        return next < numbers.size();
    }

    @Override
    public long position() {
        return next;
    }

    @Override
    public long left() {
        return numbers.size() - next;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(numbers.size());
    }

    @Override
    public Slice firstOf(Slice slice, int items) {
        return new Slice(slice.first(), items, slice.from(), slice.from() + items);
    }

    @Override
    public MapCall.Chunk chunk(MapProgress.Chunk chunk, Path results, Optional<Long> limitMillis) {
        Slice slice = chunk.slice();
        BigDecimal start = numbers.start().add(numbers.step().multiply(BigDecimal.valueOf(slice.first())));
        MapCall.Range range = new MapCall.Range(
                start.toPlainString(), numbers.step().toPlainString(), slice.items(), numbers.whole());
        return new MapCall.Chunk(
                chunk.number(),
                chunk.attempt(),
                slice.first(),
                slice.items(),
                null,
                range,
                results.toString(),
                limitMillis.orElse(null));
    }
}
