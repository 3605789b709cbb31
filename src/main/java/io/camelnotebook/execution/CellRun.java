package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.Channel;
import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.kernel.KernelEvent;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cell on its way through the kernel. It is over when its reply and the kernel's idle status are there, in either
 * order, or when the kernel is gone.
 */
final class CellRun {

    private static final Logger LOG = LoggerFactory.getLogger(CellRun.class);

    /** How long to wait for the idle status after the reply before the kernel is asked; nbclient goes on then. */
    private static final Duration IDLE_GRACE = Duration.ofSeconds(4);

    /** How long to wait for the answer when the idle status has not come until then, and the kernel was asked. */
    private static final Duration PROBE_GRACE = Duration.ofSeconds(60);

    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** How long to wait for the reply after the idle status, should it be lost or mean something else. */
    private static final Duration REPLY_GRACE = Duration.ofSeconds(10);

    /** How long a dead kernel's last words may still be on their way, on a machine that is busy. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    /** How long outputs may come after idle, from kernels that are known to send them late. */
    private static final Duration LATE_OUTPUT = Duration.ofMillis(50);

    private final int index;
    private final Cell cell;
    private final Kernel kernel;
    private final Stopping stopping;
    private final Autosave autosave;
    private final ExecutionListener listener;
    private final Widgets widgets;
    private final CellOutputs outputs;
    private final CellTiming timing;
    private @Nullable Message reply;
    private boolean idle;
    private KernelEvent.@Nullable Died death;
    private long oneMissingSince;
    private @Nullable String probe;
    private boolean probeAnswered;

    CellRun(
            int index,
            Cell cell,
            Kernel kernel,
            Stopping stopping,
            Autosave autosave,
            ExecutionListener listener,
            DisplayIndex displays,
            Widgets widgets) {
        this.index = index;
        this.cell = cell;
        this.kernel = kernel;
        this.stopping = stopping;
        this.autosave = autosave;
        this.listener = listener;
        this.widgets = widgets;
        outputs = new CellOutputs(cell, displays, widgets);
        timing = new CellTiming(cell);
    }

    /** Runs the cell; errors in it stop the notebook unless they are allowed. */
    CellResult run(CellPolicy policy) throws InterruptedException {
        CellVerdict verdict = new CellVerdict(index, cell, policy);
        if (kernel.exit().isDone()) {
            // The cell before has been told of it, as the last event there is.
            return verdict.diedBefore(howItEnded());
        }
        long start = System.nanoTime();
        stopping.cellStarted();
        String request = kernel.execute(cell.source(), !policy.allowsAnyError(cell));
        awaitEnd(request);
        widgets.sync();
        timing.end();
        return result(verdict, Duration.ofNanos(System.nanoTime() - start));
    }

    private String howItEnded() {
        return kernel.exit()
                .handle((exit, lost) -> lost == null ? exit.description() : String.valueOf(lost.getMessage()))
                .join();
    }

    private void awaitEnd(String request) throws InterruptedException {
        WidgetSync sync = new WidgetSync(widgets);
        while (reply == null || !idle) {
            Duration wait = shorter(stopping.act(), autosave.saveIfDue());
            Duration patience = patience();
            if (patience.isNegative()) {
                LOG.warn(
                        "Kernel {} did not end cell {} as it should; going on",
                        kernel.spec().name(),
                        index);
                return;
            }
            KernelEvent event = kernel.next(shorter(shorter(wait, patience), sync.syncIfDue()));
            if (event instanceof KernelEvent.Received received) {
                accept(request, received);
            } else if (event instanceof KernelEvent.Died died) {
                death = died;
                takeWhatComes(request, LAST_WORDS);
                return;
            }
        }
        if (sendsLateOutputs()) {
            takeWhatComes(request, LATE_OUTPUT);
        }
    }

    /**
     * How long to wait for the one that is missing of reply and idle status; negative if no longer. The idle status may
     * be queued behind 50 MB of output: what the kernel publishes about a later request tells that nothing is before it.
     */
    private Duration patience() {
        if (reply == null && !idle) {
            return FOR_EVER;
        }
        long now = System.nanoTime();
        oneMissingSince = oneMissingSince == 0 ? now : oneMissingSince;
        Duration waited = Duration.ofNanos(now - oneMissingSince);
        if (idle) {
            return REPLY_GRACE.minus(waited);
        }
        if (probeAnswered) {
            return Duration.ofNanos(-1);
        }
        if (probe == null && waited.compareTo(IDLE_GRACE) > 0) {
            probe = kernel.probe();
        }
        return (probe == null ? IDLE_GRACE : PROBE_GRACE).minus(waited);
    }

    /** IPython's kernel sends idle last; Deno's has been seen to send results after it. */
    private boolean sendsLateOutputs() {
        return !kernel.info().implementation().equals("ipython");
    }

    /** Takes messages until none has come for the given time. */
    private void takeWhatComes(String request, Duration quiet) throws InterruptedException {
        while (kernel.next(quiet) instanceof KernelEvent.Received received) {
            accept(request, received);
        }
    }

    private void accept(String request, KernelEvent.Received received) {
        Message message = received.message();
        if (received.channel() == Channel.IOPUB && message.parentId().equals(probe)) {
            probeAnswered = true;
        }
        if (!message.parentId().equals(request)) {
            return;
        }
        timing.accept(received);
        if (received.channel() == Channel.IOPUB) {
            autosave.changed();
            outputs.accept(message);
            if (reply != null) {
                // Outputs that the reply has overtaken know an older count.
                takeCount(reply);
            }
            listener.published(index, message);
            if (message.type().equals("status")
                    && message.text("execution_state").equals("idle")) {
                idle = true;
            }
        } else if (received.channel() == Channel.SHELL && message.type().equals("execute_reply")) {
            reply = message;
            takeCount(message);
        }
    }

    private void takeCount(Message answer) {
        JsonNode count = answer.field("execution_count");
        if (count.canConvertToInt()) {
            cell.setExecutionCount(count.intValue());
        }
    }

    private CellResult result(CellVerdict verdict, Duration duration) {
        Optional<CellStatus> stopped = stopping.reason();
        if (stopped.isPresent()) {
            return stopped.get() == CellStatus.CANCELLED
                    ? verdict.cancelled(duration)
                    : verdict.timedOut(stopping.limit().orElseThrow(), duration);
        }
        return death != null && (reply == null || death.unheard())
                ? verdict.died(death, duration)
                : verdict.replied(reply, duration);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
