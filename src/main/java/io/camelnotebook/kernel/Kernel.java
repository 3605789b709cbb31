package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running kernel, as its client sees it: requests go out, and whatever happens comes back as events, one after the
 * other. {@link #next} and {@link #execute} are for the one thread that uses the kernel; the others
 * may be called from any.
 */
public final class Kernel implements AutoCloseable {

    /** The socket may be used by its own thread only. A mark of 0 is none. */
    private static final String KEEP_UNREAD_OUTPUTS =
            "(lambda thread: thread.schedule(lambda: thread.socket.set_hwm(0)))(get_ipython().kernel.iopub_thread);";

    private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);
    private static final String PROTOCOL_VERSION = "5.3";

    /** What the channels deliver: not parsed yet, so that parsing happens on the thread that uses the kernel. */
    private sealed interface Arrival {
        record Frames(Channel channel, List<byte[]> frames) implements Arrival {}

        record Event(KernelEvent event) implements Arrival {}

        /** Something is lost: what follows would pass for all that there was. */
        record Loss() implements Arrival {}
    }

    private final KernelSpec spec;
    private final KernelStart start;
    private final KernelProcess process;
    private final Carrier connection;
    private final MessageCodec decoder;
    private final MessageCodec encoder;
    private final KernelLog log;
    private final Clock clock;
    private final Runnable onClose;
    private final String session = UUID.randomUUID().toString();

    /** Unbounded: a reader that waits makes the kernel's PUB socket drop outputs, which is worse than memory. */
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    private @Nullable KernelInfo info;
    private volatile @Nullable String givenUp;

    /** Whether messages are dropped, as one before them is lost. Owned by the thread that uses the kernel. */
    private boolean deaf;

    Kernel(
            KernelSpec spec,
            KernelStart start,
            KernelProcess process,
            Transport.Line line,
            KernelLog log,
            Clock clock,
            Runnable onClose) {
        this.spec = spec;
        this.start = start;
        this.process = process;
        this.log = log;
        this.clock = clock;
        this.onClose = onClose;
        decoder = new MessageCodec(line.key());
        encoder = new MessageCodec(line.key());
        connection = line.connect(new FrameSink() {
            @Override
            public void received(Channel channel, List<byte[]> frames) {
                arrivals.add(new Arrival.Frames(channel, frames));
            }

            @Override
            public void broken(String why) {
                giveUp(why);
            }
        });
        process.exit().whenComplete((exit, lost) -> {
            String how = lost == null ? exit.description() : String.valueOf(lost.getMessage());
            arrivals.add(new Arrival.Event(new KernelEvent.Died(
                    givenUp == null ? how : givenUp,
                    givenUp != null,
                    Optional.ofNullable(exit).flatMap(KernelExit::excess))));
        });
    }

    /** Kills a kernel that cannot be heard any more, which would otherwise be waited for without end. */
    private void giveUp(String why) {
        givenUp = "it was killed: " + why;
        arrivals.add(new Arrival.Loss());
        process.kill();
    }

    /** The spec that it was started from. */
    public KernelSpec spec() {
        return spec;
    }

    /** How it was started. */
    public KernelStart start() {
        return start;
    }

    /** The id of the kernel's process, which is also that of its process group. */
    public long pid() {
        return process.pid();
    }

    /** Completes when the process has ended; exceptionally if nobody can say how. */
    public CompletableFuture<KernelExit> exit() {
        return process.exit();
    }

    /** What the kernel said about itself when it was started. */
    public KernelInfo info() {
        if (info == null) {
            throw new IllegalStateException("the kernel has not been started by a KernelLauncher");
        }
        return info;
    }

    void setInfo(KernelInfo info) {
        this.info = info;
    }

    /**
     * Asks the kernel to run code.
     *
     * @param stopOnError whether requests that are already queued are to be aborted when this one fails
     * @return the id of the request, which is the parent of all that comes back
     */
    public String execute(String code, boolean stopOnError) {
        return execute(code, false, stopOnError);
    }

    /**
     * Asks IPython's kernel to keep all outputs until they are read. A socket of ZeroMQ drops what comes while 1,000 messages
     * wait, so it would lose lines whenever this program gets less of the processor than the kernel. The request leaves
     * no trace in the session: no history, no count, no name. Returns at once.
     */
    void keepUnreadOutputs() {
        execute(KEEP_UNREAD_OUTPUTS, true, false);
    }

    private String execute(String code, boolean silent, boolean stopOnError) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("code", code);
        content.put("silent", silent);
        content.put("store_history", !silent);
        content.putObject("user_expressions");
        content.put("allow_stdin", false);
        content.put("stop_on_error", stopOnError);
        return request(Channel.SHELL, "execute_request", content);
    }

    /**
     * Asks the kernel something that changes nothing. What it publishes about that, it publishes after all that it has
     * published about earlier requests.
     *
     * @return the id of the request
     */
    public String probe() {
        return request(Channel.SHELL, "kernel_info_request", JsonNodeFactory.instance.objectNode());
    }

    /** Sends a request; returns its id, which is the parent of all that comes back. */
    String request(Channel channel, String type, ObjectNode content) {
        return send(channel, type, JsonNodeFactory.instance.objectNode(), content);
    }

    /**
     * Sends data to the kernel's end of a comm, as the widgets in a browser do. Returns at once; the kernel takes it
     * when it runs no cell.
     *
     * @param parent the header of the request that caused it
     */
    public void sendToComm(ObjectNode parent, String commId, ObjectNode data) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("comm_id", commId);
        content.set("data", data);
        send(Channel.SHELL, "comm_msg", parent, content);
    }

    private String send(Channel channel, String type, ObjectNode parent, ObjectNode content) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        String id = UUID.randomUUID().toString();
        header.put("msg_id", id);
        header.put("msg_type", type);
        header.put("username", "camel-notebook");
        header.put("session", session);
        header.put("date", clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        header.put("version", PROTOCOL_VERSION);
        JsonNodeFactory json = JsonNodeFactory.instance;
        Message message = new Message(header, parent, json.objectNode(), content, List.of());
        List<byte[]> frames;
        synchronized (encoder) {
            frames = encoder.encode(message);
        }
        connection.send(channel, frames);
        return id;
    }

    /**
     * Waits for the next event. What is no message of the protocol is dropped and logged.
     *
     * @param timeout how long to wait; not at all if it is not positive
     * @return the event, or null if none came in time
     */
    public @Nullable KernelEvent next(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Arrival arrival = arrivals.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                return null;
            }
            if (arrival instanceof Arrival.Event other) {
                return other.event();
            }
            deaf = deaf || arrival instanceof Arrival.Loss;
            if (arrival instanceof Arrival.Frames raw && !deaf) {
                try {
                    return new KernelEvent.Received(raw.channel(), decoder.decode(raw.frames()));
                } catch (ProtocolException e) {
                    LOG.warn("Dropped from kernel {} on {}: {}", spec.name(), raw.channel(), e.getMessage());
                } catch (OutOfMemoryError e) {
                    deaf = true;
                    giveUp(HeapShortage.description());
                }
            }
        }
    }

    /** Makes {@link #next} return, on whichever thread it waits. */
    public void wake() {
        arrivals.add(new Arrival.Event(new KernelEvent.Woken()));
    }

    /** Interrupts the running cell, in the way that the kernel's spec asks for. */
    public void interrupt() {
        if (spec.interruptMode() == InterruptMode.MESSAGE) {
            request(Channel.CONTROL, "interrupt_request", JsonNodeFactory.instance.objectNode());
        } else {
            process.interrupt();
        }
    }

    /** Asks the kernel to end itself, so that what it registered for its exit is run. */
    public void requestShutdown() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("restart", false);
        request(Channel.CONTROL, "shutdown_request", content);
    }

    /** Sends SIGTERM to the kernel and the processes it started. */
    public void terminate() {
        process.terminate();
    }

    /** Sends SIGKILL to the kernel and the processes it started. */
    public void kill() {
        process.kill();
    }

    /** The end of what the kernel's process has printed to its own standard output and error, outside of any cell. */
    public String log() {
        return log.tail();
    }

    /** Ends the kernel now, if it still runs, and gives back what it held. */
    @Override
    public void close() {
        process.kill();
        connection.close();
        process.exit().whenComplete((exit, lost) -> onClose.run());
    }
}
