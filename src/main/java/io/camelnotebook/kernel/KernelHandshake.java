package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a new kernel answers and its outputs can be heard. A subscription to outputs takes effect at a moment
 * that nobody tells, so {@code kernel_info_request} is repeated until the kernel's status about one of them arrives:
 * from then on nothing is missed. Kernels that publish none are given time instead.
 */
final class KernelHandshake {

    /** The subscription follows the reply within a few milliseconds; asking again costs next to nothing. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    /** A kernel may lose what it is asked while it starts; Java's (rapaio) was seen to. */
    private static final Duration ASK_ANEW = Duration.ofSeconds(2);

    /** Java's kernel (rapaio) publishes nothing about such a request; a subscription does not take that long. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Kernel kernel;
    private final Set<String> requests = new HashSet<>();
    private @Nullable KernelInfo info;
    private boolean outputsHeard;

    KernelHandshake(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Returns when the kernel is ready, or throws. */
    void await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        long silentUntil = 0;
        ask();
        while (info == null || !outputsHeard) {
            if (info != null) {
                silentUntil = silentUntil == 0 ? System.nanoTime() + SILENCE.toNanos() : silentUntil;
                if (System.nanoTime() - silentUntil > 0) {
                    break;
                }
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                throw new KernelStartException("kernel '" + kernel.spec().name() + "' did not answer within "
                        + timeout.toSeconds() + " s" + printed());
            }
            Duration patience = info == null ? ASK_ANEW : ASK_AGAIN;
            KernelEvent event = kernel.next(left.compareTo(patience) > 0 ? patience : left);
            if (event instanceof KernelEvent.Received received) {
                note(received);
            } else if (event instanceof KernelEvent.Died died) {
                throw new KernelStartException(
                        "kernel '" + kernel.spec().name() + "' ended while it started: " + died.how() + printed());
            } else if (event == null) {
                ask();
            }
        }
        kernel.setInfo(Objects.requireNonNull(info));
    }

    private void ask() {
        requests.add(kernel.request(Channel.SHELL, "kernel_info_request", JsonNodeFactory.instance.objectNode()));
    }

    private void note(KernelEvent.Received received) {
        Message message = received.message();
        if (received.channel() == Channel.IOPUB) {
            outputsHeard = true;
        } else if (message.type().equals("kernel_info_reply") && requests.contains(message.parentId())) {
            ObjectNode language = message.field("language_info") instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
            info = new KernelInfo(message.text("implementation"), message.text("implementation_version"), language);
        }
    }

    private String printed() {
        String log = kernel.log();
        return log.isEmpty()
                ? "; it printed nothing"
                : "; it printed:\n" + log.indent(2).stripTrailing();
    }
}
