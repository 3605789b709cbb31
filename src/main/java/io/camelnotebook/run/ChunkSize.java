package io.camelnotebook.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many items of a map go to a kernel at once: so many that they take about a second and a half, as far as the ones
 * before tell. Not thread-safe.
 */
final class ChunkSize {

    /** Long beside what it costs to hand a chunk over, short enough to share the last ones and to lose one. */
    private static final Duration AIM = Duration.ofMillis(1500);
    /** What it costs to hand a chunk over should be little beside it. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** Items that took no time say little of those that come. */
    private static final int MOST_GROWTH = 16;

    private static final int MOST = 1_000_000;
    /** What the newest chunk counts beside all that were before. */
    private static final double WEIGHT = 0.5;

    private final OptionalInt fixed;
    private final int sideBySide;
    private double secondsAnItem;
    private int largest;

    /**
     * The sizes of a map's chunks.
     *
     * @param fixed the number that the config file says; empty if it is to be found
     * @param sideBySide how many chunks share what is left
     */
    ChunkSize(OptionalInt fixed, int sideBySide) {
        this.fixed = fixed;
        this.sideBySide = sideBySide;
    }

    /**
     * How many items the next chunk should have at most.
     *
     * @param left about how many items there are
     */
    int next(long left) {
        if (fixed.isPresent()) {
            return fixed.getAsInt();
        }
        double most = Math.min(MOST, (double) largest * MOST_GROWTH);
        if (secondsAnItem > 0) {
            // The last ones are shared, so that no kernel has long to do when the others have nothing any more.
            double share = Math.max((double) left / sideBySide, seconds(LEAST) / secondsAnItem);
            most = Math.min(most, Math.min(share, seconds(AIM) / secondsAnItem));
        }
        return (int) Math.max(1, most);
    }

    /**
     * After how long a kernel is to give back what is left of a chunk: then the ones before were no measure. Empty if the
     * number of items is what the user wants.
     */
    Optional<Duration> limit() {
        return fixed.isPresent() ? Optional.empty() : Optional.of(AIM.multipliedBy(2));
    }

    /** A chunk of so many items took so long. */
    void measured(int items, double seconds) {
        double each = seconds / items;
        secondsAnItem = largest == 0 ? each : WEIGHT * each + (1 - WEIGHT) * secondsAnItem;
        largest = Math.max(largest, items);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
