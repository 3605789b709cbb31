package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();

    @Test
    void whoeverCanEndTheExecutionNowIsAsked() {
        cancellation.onRequest(first::incrementAndGet);
        cancellation.onRequest(second::incrementAndGet);
        assertThat(cancellation.isRequested()).isFalse();
        cancellation.cancel();
        assertThat(cancellation.isRequested()).isTrue();
        assertThat(first).hasValue(0);
        assertThat(second).hasValue(1);
    }

    @Test
    void aRequestThatCameEarlyIsPassedOnLater() {
        cancellation.cancel();
        cancellation.onRequest(first::incrementAndGet);
        assertThat(first).hasValue(1);
    }

    @Test
    void afterTheExecutionNobodyIsAsked() {
        cancellation.onRequest(first::incrementAndGet);
        cancellation.onRequest(null);
        cancellation.cancel();
        assertThat(first).hasValue(0);
    }
}
