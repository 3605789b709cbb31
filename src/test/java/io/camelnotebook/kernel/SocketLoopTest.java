package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SocketLoopTest {

    private record Heard(Channel channel, List<byte[]> frames) {
        List<String> words() {
            return frames.stream().map(frame -> new String(frame, UTF_8)).toList();
        }
    }

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private SocketLoop loop;
    private Path path;
    private SocketConnection near;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        loop = new SocketLoop();
        path = folder.resolve("kernel.socket");
        near = loop.listen(path);
        near.deliverTo((channel, frames) -> heard.add(new Heard(channel, frames)));
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void whatAKernelSaysIsHeardFrameByFrame() throws Exception {
        try (SocketChannel kernel = connect()) {
            say(kernel, Channel.IOPUB, "one", "", "three");
            say(kernel, Channel.SHELL);
            Heard first = hear();
            assertThat(first.channel()).isEqualTo(Channel.IOPUB);
            assertThat(first.words()).containsExactly("one", "", "three");
            assertThat(hear()).satisfies(second -> {
                assertThat(second.channel()).isEqualTo(Channel.SHELL);
                assertThat(second.words()).isEmpty();
            });
        }
    }

    @Test
    void aFloodIsHeardInItsOrder() throws Exception {
        try (SocketChannel kernel = connect();
                SocketChannel fork = connect()) {
            for (int i = 0; i < 3_000; i++) {
                say(kernel, Channel.IOPUB, String.valueOf(i));
            }
            say(fork, Channel.IOPUB, "fork");
            for (int i = 0; i < 3_000; i++) {
                List<String> words = hear().words();
                if (words.equals(List.of("fork"))) {
                    words = hear().words();
                }
                assertThat(words).containsExactly(String.valueOf(i));
            }
        }
    }

    @Test
    void whatAKernelSaidBeforeItsForkConnectedIsHeardFirst() throws Exception {
        try (SocketChannel kernel = connect()) {
            for (int i = 0; i < 100; i++) {
                say(kernel, Channel.IOPUB, "kernel");
                assertThat(i < 60 ? hear().words() : List.of("kernel")).containsExactly("kernel");
            }
            try (SocketChannel fork = connect()) {
                say(fork, Channel.IOPUB, "fork");
                for (int i = 60; i < 100; i++) {
                    assertThat(hear().words()).containsExactly("kernel");
                }
                assertThat(hear().words()).containsExactly("fork");
            }
        }
    }

    @Test
    void messagesThatComeInPiecesAreWhole() throws Exception {
        try (SocketChannel kernel = connect()) {
            ByteBuffer message = message(Channel.IOPUB, "a", "bc".repeat(400_000));
            while (message.hasRemaining()) {
                ByteBuffer piece = message.slice(message.position(), Math.min(70_001, message.remaining()));
                message.position(message.position() + piece.remaining());
                while (piece.hasRemaining()) {
                    kernel.write(piece);
                }
            }
            assertThat(hear().words()).containsExactly("a", "bc".repeat(400_000));
        }
    }

    @Test
    void whatIsSaidBeforeTheKernelConnectsReachesItInOrder() throws Exception {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 7);
        near.send(Channel.SHELL, List.of("early".getBytes(UTF_8)));
        near.send(Channel.CONTROL, List.of(large, new byte[0]));
        try (SocketChannel kernel = connect()) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(kernel));
            assertThat(read(in)).hasToString("0 [5]");
            assertThat(read(in)).hasToString("1 [3000000, 0]");
        }
    }

    @Test
    void aForkOfTheKernelIsHeardUntilItsEndAndThenLetGo() throws Exception {
        try (SocketChannel kernel = connect();
                SocketChannel fork = connect()) {
            say(kernel, Channel.IOPUB, "parent");
            assertThat(hear().words()).containsExactly("parent");
            say(fork, Channel.IOPUB, "child");
            fork.shutdownOutput();
            assertThat(fork.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(heard).hasSize(1);
            say(kernel, Channel.IOPUB, "parent again");
            assertThat(hear().words()).containsExactly("child");
            assertThat(hear().words()).containsExactly("parent again");
        }
    }

    @Test
    void whoeverSaysWhatIsNoMessageIsLeftAndNobodyElse() throws Exception {
        try (SocketChannel kernel = connect();
                SocketChannel stranger = connect()) {
            stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8)));
            assertThat(hasEnded(stranger)).isTrue();
            say(kernel, Channel.IOPUB, "still here");
            assertThat(hear().words()).containsExactly("still here");
        }
    }

    @Test
    void aClosedConnectionLeavesNoFile() throws Exception {
        try (SocketChannel kernel = connect()) {
            say(kernel, Channel.IOPUB, "here");
            hear();
            near.close();
            await().until(() -> !Files.exists(path));
            assertThat(hasEnded(kernel)).isTrue();
        }
    }

    private static boolean hasEnded(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) == -1;
        } catch (IOException e) {
            return true;
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private Heard hear() throws InterruptedException {
        Heard next = heard.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static void say(SocketChannel socket, Channel channel, String... words) throws IOException {
        ByteBuffer message = message(channel, words);
        while (message.hasRemaining()) {
            socket.write(message);
        }
    }

    private static ByteBuffer message(Channel channel, String... words) {
        List<byte[]> frames =
                Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toList();
        ByteBuffer head = FrameReader.head(channel, frames);
        int size = head.remaining()
                + frames.stream().mapToInt(frame -> frame.length).sum();
        ByteBuffer message = ByteBuffer.allocate(size).put(head);
        frames.forEach(message::put);
        return message.flip();
    }

    /** A message as its channel and the lengths of its frames. */
    private static String read(DataInputStream in) throws IOException {
        int channel = in.readByte();
        long[] lengths = new long[in.readInt()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.readLong();
        }
        for (long length : lengths) {
            in.skipNBytes(length);
        }
        return channel + " " + Arrays.toString(lengths);
    }
}
