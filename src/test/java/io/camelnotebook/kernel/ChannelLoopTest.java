package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@Timeout(30)
class ChannelLoopTest {

    private final ChannelLoop loop = new ChannelLoop();
    private final ZContext context = new ZContext();

    @AfterEach
    void close() {
        loop.close();
        context.close();
    }

    @Test
    void whatAKernelSaysIsHeardOnEveryChannel() throws InterruptedException {
        Far kernel = new Far();
        kernel.assertIsHeard();
        kernel.assertOutputsAreHeard();
    }

    @Test
    void aKernelConnectedAfterAnotherHasLeftIsHeard() throws InterruptedException {
        Far first = new Far();
        Far second = new Far();
        first.assertIsHeard();
        first.near.close();
        Far third = new Far();
        third.assertIsHeard();
        third.assertOutputsAreHeard();
        second.assertIsHeard();
        second.assertOutputsAreHeard();
    }

    @Test
    void aConnectionMayBeOpenedBeforeTheKernelListens() throws Exception {
        // Not an ephemeral port: a client that knocks at one may be given the same one, and so connect to itself.
        ConnectionInfo later = ConnectionInfo.local(new Ports().take(ConnectionInfo.PORTS));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        loop.connect(later, (channel, frames) -> heard.add(new String(frames.get(0), UTF_8)))
                .send(Channel.SHELL, List.of("early".getBytes(UTF_8)));
        ZMQ.Socket shell = context.createSocket(SocketType.ROUTER);
        shell.bind(later.endpoint(Channel.SHELL));
        byte[] identity = shell.recv();
        assertThat(shell.recvStr()).isEqualTo("early");
        shell.sendMore(identity);
        shell.send("answer");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void theThreadRestsAfterAConnectionWasClosed() throws InterruptedException {
        Far first = new Far();
        Far second = new Far();
        first.assertIsHeard();
        first.near.close();
        second.assertIsHeard();
        assertTheThreadRests();
    }

    @Test
    void anInterruptedThreadCanSendAndBreaksNothing() throws InterruptedException {
        Far kernel = new Far();
        kernel.assertIsHeard();
        Thread.currentThread().interrupt();
        kernel.near.send(Channel.SHELL, List.of("interrupted".getBytes(UTF_8)));
        assertThat(Thread.interrupted()).isTrue();
        kernel.shell.recv();
        assertThat(kernel.shell.recvStr()).isEqualTo("interrupted");
        kernel.assertIsHeard();
        assertTheThreadRests();
    }

    @Test
    void theThreadEndsWithTheLoop() {
        Thread thread = thread();
        loop.close();
        assertThat(thread.isAlive()).isFalse();
    }

    /** A loop that spins takes all the time there is; one that rests takes next to nothing. */
    private void assertTheThreadRests() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = thread().getId();
        long start = System.nanoTime();
        long cpu = threads.getThreadCpuTime(id);
        await().pollDelay(500, TimeUnit.MILLISECONDS)
                .until(() -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(threads.getThreadCpuTime(id) - cpu).isLessThan(TimeUnit.MILLISECONDS.toNanos(50));
    }

    /** The loop of this test: the youngest, should another test have left one. */
    private static Thread thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("notebook-channels"))
                .max(Comparator.comparingLong(Thread::getId))
                .orElseThrow();
    }

    /** The far side of a connection, and what was heard of it on the near side. */
    private final class Far {

        private final ZMQ.Socket shell = context.createSocket(SocketType.ROUTER);
        private final ZMQ.Socket control = context.createSocket(SocketType.ROUTER);
        private final ZMQ.Socket iopub = context.createSocket(SocketType.PUB);
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final ChannelLoop.Connection near;

        Far() {
            Stream.of(shell, control, iopub).forEach(socket -> socket.setLinger(0));
            ConnectionInfo info = ConnectionInfo.local(List.of(
                    shell.bindToRandomPort("tcp://127.0.0.1"),
                    iopub.bindToRandomPort("tcp://127.0.0.1"),
                    1,
                    control.bindToRandomPort("tcp://127.0.0.1"),
                    1));
            near = loop.connect(info, (channel, frames) -> heard.add(channel + " " + new String(frames.get(0), UTF_8)));
        }

        void assertIsHeard() throws InterruptedException {
            answer(shell, Channel.SHELL);
            answer(control, Channel.CONTROL);
        }

        private void answer(ZMQ.Socket socket, Channel channel) throws InterruptedException {
            near.send(channel, List.of("question".getBytes(UTF_8)));
            byte[] identity = socket.recv();
            assertThat(socket.recvStr()).isEqualTo("question");
            socket.sendMore(identity);
            socket.send("answer");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(channel + " answer");
        }

        /** A subscription takes effect some time after it was made. */
        void assertOutputsAreHeard() {
            await().until(() -> {
                iopub.send("output");
                return "IOPUB output".equals(heard.poll(20, TimeUnit.MILLISECONDS));
            });
            await().pollDelay(50, TimeUnit.MILLISECONDS).until(() -> {
                heard.clear();
                return true;
            });
        }
    }
}
