package io.camelnotebook.main;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What is done when somebody presses Ctrl-C or the process is told to end: work is cancelled, and the JVM waits for it
 * to put its things in order, but not for ever, such as for a destination that is down. Whatever happens, kernels end
 * with the JVM.
 */
final class Interruption implements AutoCloseable {

    /** Longer than a cell that ignores interrupts takes to be ended, and its notebook to be written. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean interrupted;

    private Interruption() {}

    /** Cancels with the given action from now on, until this is closed. */
    static Interruption cancelling(Runnable cancel) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.interrupt(cancel), "notebook-interruption"));
        return interruption;
    }

    private void interrupt(Runnable cancel) {
        if (done.getCount() == 0) {
            return;
        }
        interrupted = true;
        cancel.run();
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("camel-notebook: gave up waiting for what was still being written or delivered;"
                        + " the ledger knows of it, and 'camel-notebook run --resume RUN' goes on from here");
                // Camel would wait once more, for the same things.
                Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it has happened. */
    boolean happened() {
        return interrupted;
    }

    /** The work is over, whichever way. */
    @Override
    public void close() {
        done.countDown();
    }
}
