package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Against another implementation of ZeroMQ, and against what is none. */
@Timeout(30)
class ZmtpConnectionTest {

    private final ZContext context = new ZContext();
    private SocketLoop loop;

    @BeforeEach
    void open() throws IOException {
        loop = new SocketLoop();
    }

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
        ConnectionInfo later = notListening();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        new ZmtpConnection(loop, later, (channel, frames) -> heard.add(text(frames)))
                .send(Channel.SHELL, frames("early"));
        ZMQ.Socket shell = listen(SocketType.ROUTER, later.shellPort());
        byte[] identity = shell.recv();
        assertThat(shell.recvStr()).isEqualTo("early");
        shell.sendMore(identity);
        shell.send("answer");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void aKernelThatListensAnewIsConnectedToAnew() throws Exception {
        ConnectionInfo info = notListening();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ZmtpConnection near = new ZmtpConnection(loop, info, (channel, frames) -> heard.add(text(frames)));
        listen(SocketType.ROUTER, info.shellPort());
        ZMQ.Socket first = listen(SocketType.PUB, info.iopubPort());
        await().until(() -> {
            first.send("first");
            return "first".equals(heard.poll(20, TimeUnit.MILLISECONDS));
        });
        context.destroySocket(first);
        // It lets its port go some time after it was destroyed.
        ZMQ.Socket second = await().ignoreException(ZMQException.class)
                .until(() -> listen(SocketType.PUB, info.iopubPort()), any -> true);
        await().until(() -> {
            second.send("second");
            return "second".equals(heard.poll(20, TimeUnit.MILLISECONDS));
        });
        near.close();
    }

    @Test
    void framesOfAnyLengthComeAndGoWhole() throws Exception {
        Far kernel = new Far();
        for (int length : new int[] {0, 1, 255, 256, 65_536, 5_000_000}) {
            byte[] frame = new byte[length];
            Arrays.fill(frame, (byte) length);
            kernel.near.send(Channel.SHELL, List.of(frame, new byte[0], frame));
            byte[] identity = kernel.shell.recv();
            assertThat(kernel.shell.recv()).isEqualTo(frame);
            assertThat(kernel.shell.recv()).isEmpty();
            assertThat(kernel.shell.recv()).isEqualTo(frame);
            assertThat(kernel.shell.hasReceiveMore()).isFalse();
            Stream.of(identity, frame, new byte[0]).forEach(kernel.shell::sendMore);
            kernel.shell.send(frame);
            assertThat(kernel.frames.poll(10, TimeUnit.SECONDS)).containsExactly(frame, new byte[0], frame);
        }
    }

    @Test
    void aFloodIsHeardInItsOrder() throws Exception {
        Far kernel = new Far();
        kernel.iopub.setSndHWM(0);
        kernel.assertOutputsAreHeard();
        for (int i = 0; i < 20_000; i++) {
            kernel.iopub.send(String.valueOf(i));
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(kernel.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("IOPUB " + i);
        }
    }

    @Test
    void aKernelThatAsksWhetherWeAreThereIsAnswered() throws Exception {
        Far kernel = new Far(socket -> {
            socket.setHeartbeatIvl(20);
            socket.setHeartbeatTimeout(200);
        });
        byte[] us = kernel.answer(kernel.shell, Channel.SHELL);
        long start = System.nanoTime();
        await().pollDelay(1, TimeUnit.SECONDS).until(() -> System.nanoTime() - start > TimeUnit.SECONDS.toNanos(1));
        assertThat(kernel.answer(kernel.shell, Channel.SHELL)).isEqualTo(us);
    }

    @Test
    void aProgramThatHasTakenTheKernelsPortIsLeftAlone() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = stranger.getLocalPort();
            BlockingQueue<String> broken = new LinkedBlockingQueue<>();
            new ZmtpConnection(
                    loop, ConnectionInfo.local(List.of(port, port, port, port, port)), new Listening(broken));
            for (int i = 0; i < 4; i++) {
                try (Socket connection = stranger.accept()) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n".repeat(4).getBytes(UTF_8));
                    assertThat(new DataInputStream(connection.getInputStream()).readAllBytes())
                            .hasSize(Zmtp.GREETING);
                }
            }
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void whoSpeaksAsAKernelAndThenSaysWhatIsNoMessageIsGivenUp() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int free = notListening().shellPort();
            BlockingQueue<String> broken = new LinkedBlockingQueue<>();
            new ZmtpConnection(
                    loop,
                    ConnectionInfo.local(List.of(stranger.getLocalPort(), free, free, free, free)),
                    new Listening(broken));
            try (Socket connection = stranger.accept()) {
                connection.getOutputStream().write(Zmtp.greeting().array());
                connection.getOutputStream().write(Zmtp.ready("ROUTER").array());
                connection.getOutputStream().write(new byte[] {Zmtp.LONG, -1, -1, -1, -1, -1, -1, -1, -1});
                assertThat(broken.poll(10, TimeUnit.SECONDS))
                        .isEqualTo("it sent a frame of -1 bytes after 0 others, which is no message");
                connection.getInputStream().readAllBytes();
            }
        }
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
    void aConnectionThatWasClosedIsNotTriedAgain() throws Exception {
        ConnectionInfo info = notListening();
        ZmtpConnection near = new ZmtpConnection(loop, info, (channel, frames) -> {});
        near.close();
        assertTheThreadRests();
        try (ServerSocket server = new ServerSocket(info.shellPort(), 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(100);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anInterruptedThreadCanSendAndBreaksNothing() throws InterruptedException {
        Far kernel = new Far();
        kernel.assertIsHeard();
        Thread.currentThread().interrupt();
        kernel.near.send(Channel.SHELL, frames("interrupted"));
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
                .filter(thread -> thread.getName().equals("notebook-sockets"))
                .max(Comparator.comparingLong(Thread::getId))
                .orElseThrow();
    }

    /** Not at ephemeral ports: a client that knocks at one may be given the same one, and so connect to itself. */
    private static ConnectionInfo notListening() throws IOException {
        return ConnectionInfo.local(new Ports().take(ConnectionInfo.PORTS));
    }

    private ZMQ.Socket listen(SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(0);
        socket.bind("tcp://127.0.0.1:" + port);
        return socket;
    }

    private static List<byte[]> frames(String text) {
        return List.of(text.getBytes(UTF_8));
    }

    private static String text(List<byte[]> frames) {
        return new String(frames.get(0), UTF_8);
    }

    /** Hears nothing but that somebody cannot be understood. */
    private record Listening(BlockingQueue<String> broken) implements FrameSink {

        @Override
        public void received(Channel channel, List<byte[]> frames) {}

        @Override
        public void broken(String why) {
            broken.add(why);
        }
    }

    /** The far side of a connection, and what was heard of it on the near side. */
    private final class Far {

        private final ZMQ.Socket shell = context.createSocket(SocketType.ROUTER);
        private final ZMQ.Socket control = context.createSocket(SocketType.ROUTER);
        private final ZMQ.Socket iopub = context.createSocket(SocketType.PUB);
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<List<byte[]>> frames = new LinkedBlockingQueue<>();
        private final ZmtpConnection near;

        Far() {
            this(socket -> {});
        }

        Far(Consumer<ZMQ.Socket> settings) {
            Stream.of(shell, control, iopub).forEach(socket -> socket.setLinger(0));
            Stream.of(shell, control, iopub).forEach(settings);
            ConnectionInfo info = ConnectionInfo.local(List.of(
                    shell.bindToRandomPort("tcp://127.0.0.1"),
                    iopub.bindToRandomPort("tcp://127.0.0.1"),
                    1,
                    control.bindToRandomPort("tcp://127.0.0.1"),
                    1));
            near = new ZmtpConnection(loop, info, (channel, received) -> {
                heard.add(channel + " " + text(received));
                frames.add(received);
            });
        }

        void assertIsHeard() throws InterruptedException {
            answer(shell, Channel.SHELL);
            answer(control, Channel.CONTROL);
        }

        /** Asks and answers; returns the name that the far side knows our connection by. */
        private byte[] answer(ZMQ.Socket socket, Channel channel) throws InterruptedException {
            near.send(channel, ZmtpConnectionTest.frames("question"));
            byte[] identity = socket.recv();
            assertThat(socket.recvStr()).isEqualTo("question");
            socket.sendMore(identity);
            socket.send("answer");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(channel + " answer");
            return identity;
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
