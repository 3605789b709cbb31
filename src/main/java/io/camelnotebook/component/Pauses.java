package io.camelnotebook.component;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Waits, as many as there are at once, without a thread for each; all of them end when they are ended for good. Thread-safe. */
final class Pauses {

    private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /** Completes after that time, or sooner if pauses are ended. */
    CompletableFuture<Void> pause(Duration time) {
        CompletableFuture<Void> pause =
                new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
        open.add(pause);
        pause.whenComplete((nothing, never) -> open.remove(pause));
        if (ended) {
            pause.complete(null);
        }
        return pause;
    }

    /** Whether there are none any more. */
    boolean areEnded() {
        return ended;
    }

    void end() {
        ended = true;
        open.forEach(pause -> pause.complete(null));
    }
}
