package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.execution.ExecutionError;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.kernel.KernelStart;
import io.camelnotebook.kernel.StartMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** When kernels are said to fail. */
class KernelStartsTest {

    private Instant now = Instant.EPOCH;
    private final KernelStarts starts = new KernelStarts(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private void start(String error) {
        Optional<KernelStart> start =
                error.isEmpty() ? Optional.of(new KernelStart(StartMode.FRESH, Optional.empty())) : Optional.empty();
        starts.executed(new ExecutionResult(
                error.isEmpty() ? Outcome.SUCCEEDED : Outcome.FAILED,
                start.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                new ExecutionError(OptionalInt.empty(), OptionalInt.empty(), error, "why", List.of())),
                List.of(),
                Map.of(),
                Optional.of("python3"),
                start,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                List.of()));
    }

    private void starts(int count, String error) {
        for (int i = 0; i < count; i++) {
            start(error);
        }
    }

    @Test
    void fiveFailuresInARowTell() {
        starts(4, "KernelStart");
        assertThat(starts.areFailing()).isFalse();

        start("KernelStart");

        assertThat(starts.areFailing()).isTrue();
    }

    @Test
    void notIfOneAmongThemStarted() {
        starts(2, "KernelStart");
        start("");
        starts(4, "KernelStart");

        assertThat(starts.areFailing()).isFalse();
        assertThat(starts.failures()).hasSize(4);
    }

    @Test
    void notebooksThatWereCancelledBeforeTheirKernelWasThereSayNothing() {
        starts(9, "Cancelled");

        assertThat(starts.areFailing()).isFalse();
        assertThat(starts.failures()).isEmpty();
    }

    @Test
    void afterAMinuteInWhichNobodyTriedAgainTheyMayBeTriedAgain() {
        starts(5, "KernelStart");
        now = now.plus(KernelStarts.STALE);
        assertThat(starts.areFailing()).isFalse();

        start("KernelStart");

        assertThat(starts.areFailing()).isTrue();
    }
}
