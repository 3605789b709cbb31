package io.camelnotebook.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a notebook while it is executed: soon after a cell began, and inside a long one at an interval. Cells that are over
 * in a moment share a save, or need none. Saving never takes more than a twentieth of the time, and never happens when nothing has changed. A save that fails is told once and
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

    /** How old what is saved may be when a cell has begun. Nobody watches a notebook that closely. */
    private static final long LULL = Duration.ofMillis(50).toNanos();

    private static final long NEVER = Duration.ofDays(365).toNanos();

    private final Save save;
    private final long interval;
    private final LongSupplier nanoTime;
    private long lastEnd;
    private long lastCost;
    private boolean dirty = true;
    private boolean failed;
    private boolean edgeUnsaved;
    private long edgeSince;

    /**
     * A saver that has saved nothing yet.
     *
     * @param interval between saves inside a cell; zero for none
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    Autosave(Save save, Duration interval, LongSupplier nanoTime) {
        this.save = save;
        this.interval = interval.isZero() ? NEVER : interval.toNanos();
        this.nanoTime = nanoTime;
        lastEnd = nanoTime.getAsLong();
    }

    /** The notebook is no longer as it was saved. */
    void changed() {
        dirty = true;
    }

    /** A cell begins: what is now will be saved soon. */
    void atEdgeOfCell() {
        dirty = true;
        if (!edgeUnsaved) {
            edgeUnsaved = true;
            edgeSince = nanoTime.getAsLong();
        }
    }

    /** Saves if it is time for it, and says when to ask again. */
    Duration saveIfDue() {
        long now = nanoTime.getAsLong();
        long left = timeLeft(now);
        if (left > 0) {
            return Duration.ofNanos(left);
        }
        if (dirty) {
            save();
            return Duration.ofNanos(timeLeft(nanoTime.getAsLong()));
        }
        return Duration.ofNanos(pause());
    }

    /** Until the next save; negative if it is overdue. */
    private long timeLeft(long now) {
        if (edgeUnsaved) {
            return Math.max(edgeSince + LULL, lastEnd + SHARE_OF_TIME * lastCost) - now;
        }
        return lastEnd + pause() - now;
    }

    private long pause() {
        return Math.max(interval, SHARE_OF_TIME * lastCost);
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
        edgeUnsaved = false;
        lastEnd = nanoTime.getAsLong();
        lastCost = lastEnd - start;
    }
}
