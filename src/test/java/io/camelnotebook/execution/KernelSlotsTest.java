package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KernelSlotsTest {

    private static final long MEMORY = 100;

    private final List<String> ran = new ArrayList<>();
    private final Queue<KernelSlots.Slot> held = new ArrayDeque<>();

    @Test
    void tasksBeyondTheSlotsWait() {
        KernelSlots slots = new KernelSlots(2, MEMORY, 0, Runnable::run);
        submit(slots, 0, "a", "b", "c", "d");
        assertThat(ran).containsExactly("a", "b");
        assertThat(slots.waiting()).isEqualTo(2);
        held.remove().release();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(slots.waiting()).isOne();
    }

    @Test
    void higherPrioritiesComeFirstAndEqualOnesInTheirOrder() {
        KernelSlots slots = new KernelSlots(1, MEMORY, 0, Runnable::run);
        submit(slots, 0, "running");
        submit(slots, -1, "low");
        submit(slots, 0, "first", "second");
        submit(slots, 5, "high");
        for (int i = 0; i < 4; i++) {
            held.remove().release();
        }
        assertThat(ran).containsExactly("running", "high", "first", "second", "low");
    }

    @Test
    void aSlotThatWasGivenBackServesTheNextWhoComes() {
        KernelSlots slots = new KernelSlots(1, MEMORY, 0, Runnable::run);
        submit(slots, 0, "a");
        held.remove().release();
        submit(slots, 0, "b");
        assertThat(ran).containsExactly("a", "b");
        assertThat(slots.waiting()).isZero();
    }

    @Test
    void theNextTaskStartsWhileAKernelEnds() {
        KernelSlots slots = new KernelSlots(1, MEMORY, 0, Runnable::run);
        submit(slots, 0, "a", "b", "c");
        KernelSlots.Slot first = held.remove();
        first.ending();
        first.ending();
        assertThat(ran).containsExactly("a", "b");
        KernelSlots.Slot second = held.remove();
        second.ending();
        assertThat(ran).as("as many end as there are slots").containsExactly("a", "b");
        first.release();
        first.release();
        assertThat(ran).containsExactly("a", "b");
        second.ending();
        assertThat(ran).containsExactly("a", "b", "c");
        second.release();
        held.remove().release();
        submit(slots, 0, "d", "e");
        assertThat(ran).containsExactly("a", "b", "c", "d");
    }

    @Test
    void noMoreRunAtOnceThanThereAreSlots() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            KernelSlots slots = new KernelSlots(3, MEMORY, 0, threads);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch left = new CountDownLatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                slots.submit(i % 3, 0, slot -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    slot.release();
                    left.countDown();
                });
            }
            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isBetween(1, 3);
            assertThat(slots.waiting()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTaskWaitsUntilThereIsMemoryForIt() {
        KernelSlots slots = new KernelSlots(4, MEMORY, 0, Runnable::run);
        submit(slots, 0, 60L, "a", "b");
        submit(slots, 0, 40L, "c");
        assertThat(ran).as("c would fit, but b was first").containsExactly("a");
        held.remove().release();
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void aTaskThatWaitsForMemoryIsPassedOnlyByThoseThatNeedNoneAndKeepsASlot() {
        KernelSlots slots = new KernelSlots(3, MEMORY, 0, Runnable::run);
        submit(slots, 0, 60L, "a", "large");
        submit(slots, 0, 1L, "small");
        submit(slots, 0, 0L, "none", "another");
        assertThat(ran).containsExactly("a", "none");
        held.remove().release();
        assertThat(ran).containsExactly("a", "none", "large", "small");
    }

    @Test
    void aPriorityCountsAmongThoseThatWaitForMemory() {
        KernelSlots slots = new KernelSlots(2, MEMORY, 0, Runnable::run);
        submit(slots, 0, 60L, "a", "b");
        submit(slots, 1, 50L, "urgent");
        held.remove().release();
        assertThat(ran).containsExactly("a", "urgent");
    }

    @Test
    void aTaskThatNeedsMoreThanThereIsRunsAlone() {
        KernelSlots slots = new KernelSlots(2, MEMORY, 0, Runnable::run);
        submit(slots, 0, 1_000L, "huge");
        submit(slots, 0, 1L, "small");
        assertThat(ran).containsExactly("huge");
        held.remove().release();
        assertThat(ran).containsExactly("huge", "small");
    }

    @Test
    void aKernelThatEndsHoldsItsMemoryUntilItIsGone() {
        KernelSlots slots = new KernelSlots(2, MEMORY, 0, Runnable::run);
        submit(slots, 0, 60L, "a", "b");
        submit(slots, 0, 0L, "c");
        KernelSlots.Slot first = held.remove();
        assertThat(ran).containsExactly("a");
        first.ending();
        assertThat(ran).as("a slot more is free, but no memory").containsExactly("a", "c");
        first.release();
        first.release();
        assertThat(ran).containsExactly("a", "c", "b");
    }

    @Test
    void thoseWhoAreNextAreToldOnceAndKnowWhenTheirTurnHasCome() {
        KernelSlots slots = new KernelSlots(1, MEMORY, 2, Runnable::run);
        List<String> told = new ArrayList<>();
        List<BooleanSupplier> waits = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            slots.submit(0, 0, new KernelSlots.Task() {
                @Override
                public void run(KernelSlots.Slot slot) {
                    held.add(slot);
                }

                @Override
                public void isNext(BooleanSupplier stillWaits) {
                    told.add(name);
                    waits.add(stillWaits);
                }
            });
        }
        assertThat(told).containsExactly("b", "c");
        assertThat(waits).allMatch(BooleanSupplier::getAsBoolean);
        held.remove().release();
        assertThat(told).containsExactly("b", "c", "d");
        assertThat(waits.stream().map(BooleanSupplier::getAsBoolean)).containsExactly(false, true, true);
    }

    private void submit(KernelSlots slots, int priority, String... names) {
        submit(slots, priority, 0L, names);
    }

    private void submit(KernelSlots slots, int priority, long bytes, String... names) {
        for (String name : names) {
            slots.submit(priority, bytes, slot -> {
                ran.add(name);
                held.add(slot);
            });
        }
    }
}
