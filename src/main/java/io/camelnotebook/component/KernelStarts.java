package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionError;
import io.camelnotebook.execution.ExecutionResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** How the last kernels that notebooks asked for were started. Thread-safe. */
final class KernelStarts implements ExecutionObserver {

    /** One broken kernelspec among others should not tell of all of them, nor should one unlucky moment. */
    static final int KEPT = 5;

    /** After which failures that nobody has repeated say nothing of now. */
    static final Duration STALE = Duration.ofMinutes(1);

    /** A kernel that did not start. */
    record Failure(Instant time, String kernel, String reason) {

        /** The reason in one line, without what the kernel printed. */
        String summary() {
            return reason.lines().findFirst().orElse("").replaceFirst("; it printed:$", "");
        }
    }

    private final Deque<Optional<Failure>> last = new ArrayDeque<>();
    private final Clock clock;

    KernelStarts(Clock clock) {
        this.clock = clock;
    }

    /** Takes note of the kernel's start, unless that was cancelled. */
    @Override
    public void executed(ExecutionResult result) {
        if (result.kernelStart().isPresent()) {
            add(Optional.empty());
        } else if (isFailure(result)) {
            add(Optional.of(new Failure(
                    clock.instant(),
                    result.kernelName().orElse(""),
                    result.error().map(ExecutionError::message).orElse(""))));
        }
    }

    /** Whether it was the kernel's start that failed. */
    static boolean isFailure(ExecutionResult result) {
        return result.error()
                .filter(error -> error.name().equals("KernelStart"))
                .isPresent();
    }

    private synchronized void add(Optional<Failure> start) {
        last.addLast(start);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** Those of the last ones that failed, the newest at the end. */
    synchronized List<Failure> failures() {
        return last.stream().flatMap(Optional::stream).toList();
    }

    /**
     * Whether kernels do not start now: the last {@value #KEPT} all failed, and the last of them not long ago. Where
     * nobody tries any more, because whoever asks sends no work to those that are down, only another try could tell.
     */
    boolean areFailing() {
        List<Failure> failures = failures();
        return failures.size() == KEPT
                && failures.get(KEPT - 1).time().isAfter(clock.instant().minus(STALE));
    }
}
