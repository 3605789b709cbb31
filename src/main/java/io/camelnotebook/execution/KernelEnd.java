package io.camelnotebook.execution;

import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.kernel.KernelExit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a kernel that is no longer needed: it is asked to leave, and killed if it does not. */
final class KernelEnd {

    /** Time for what a notebook registered for its kernel's exit; jupyter_client's default. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Kernel kernel;

    /** Asks the kernel to leave; returns at once, so that the time can be used. */
    KernelEnd(Kernel kernel) {
        this.kernel = kernel;
        kernel.requestShutdown();
    }

    /** Waits for the end; says how the process ended, unless nobody can. */
    Optional<KernelExit> await() {
        try {
            return Optional.of(kernel.exit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            kernel.kill();
            return Optional.ofNullable(kernel.exit().join());
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            kernel.close();
        }
    }
}
