package io.camelnotebook.execution;

import java.time.Duration;

/**
 * When the kernel is told what Output widgets have collected while a cell runs: ever more rarely. Each time it is told all
 * of it, and as a rule takes no notice before the cell has ended, so to tell it of every output would take time and memory
 * that grow with the square of the outputs. For one cell and one thread.
 */
final class WidgetSync {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Widgets widgets;
    private Duration pause = FIRST_PAUSE;
    private long since = System.nanoTime();

    WidgetSync(Widgets widgets) {
        this.widgets = widgets;
    }

    /** Tells the kernel, if it is time to; gives how long it is until the next time. */
    Duration syncIfDue() {
        Duration left = pause.minusNanos(System.nanoTime() - since);
        if (!left.isNegative()) {
            return left;
        }
        widgets.sync();
        since = System.nanoTime();
        pause = pause.multipliedBy(2);
        return pause;
    }
}
