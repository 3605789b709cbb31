package io.camelnotebook.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a notebook while it is executed: at the edges of cells, and inside a long one at an interval. Saving never takes
 * more than a twentieth of the time, and never happens when nothing has changed. A save that fails is told once and
 * does not stop the notebook: the last save, which is not ours, will tell.
 */
final class Autosave {

    /** Writes the notebook as it is. */
    @FunctionalInterface
    interface Save {
        void run() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Autosave.class);
    private static final int SHARE_OF_TIME = 20;

    private final Save save;
    private final long interval;
    private final LongSupplier nanoTime;
    private long lastEnd;
    private long lastCost;
    private boolean dirty = true;
    private boolean failed;

    /**
     * A saver that has saved nothing yet.
     *
     * @param interval between saves inside a cell; zero for none
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    Autosave(Save save, Duration interval, LongSupplier nanoTime) {
        this.save = save;
        this.interval = interval.isZero() ? Long.MAX_VALUE : interval.toNanos();
        this.nanoTime = nanoTime;
        lastEnd = nanoTime.getAsLong();
    }

    /** The notebook is no longer as it was saved. */
    void changed() {
        dirty = true;
    }

    /** A cell begins or ends: saves, if there is time for it. */
    void atEdgeOfCell() {
        dirty = true;
        if (nanoTime.getAsLong() - lastEnd >= SHARE_OF_TIME * lastCost) {
            save();
        }
    }

    /** Saves if the interval is over, and says when to ask again. */
    Duration saveIfDue() {
        if (interval == Long.MAX_VALUE) {
            return Duration.ofDays(365);
        }
        long pause = Math.max(interval, SHARE_OF_TIME * lastCost);
        if (dirty && nanoTime.getAsLong() - lastEnd >= pause) {
            save();
            pause = Math.max(interval, SHARE_OF_TIME * lastCost);
        }
        long left = lastEnd + pause - nanoTime.getAsLong();
        return Duration.ofNanos(left > 0 ? left : pause);
    }

    private void save() {
        long start = nanoTime.getAsLong();
        try {
            save.run();
            dirty = false;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("The notebook could not be saved while it runs: {}", e.getMessage());
            }
            failed = true;
        }
        lastEnd = nanoTime.getAsLong();
        lastCost = lastEnd - start;
    }
}
