package io.camelnotebook.run;

import java.util.Optional;

/** Items that are as many numbers as there are; who computes with them knows what they are. */
final class ItemRange implements ItemSource {

    private final long size;
    private long next;

    /** @param next the first one that is asked for */
    ItemRange(long size, long next) {
        this.size = size;
        this.next = next;
    }

    @Override
    public Optional<Slice> next(int most) {
        int items = (int) Math.min(most, size - next);
        if (items == 0) {
            return Optional.empty();
        }
        Slice slice = new Slice(next, items, next, next + items);
        next += items;
        return Optional.of(slice);
    }
}
