package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZmtpReaderTest {

    private final List<String> told = new ArrayList<>();

    private final ZmtpReader reader = new ZmtpReader(new ZmtpReader.Listener() {
        @Override
        public void greeted() {
            told.add("greeted");
        }

        @Override
        public void command(String name, ByteBuffer data) {
            told.add(name + " of " + data.remaining());
        }

        @Override
        public void message(List<byte[]> frames) {
            told.add(frames.stream()
                    .map(frame -> new String(frame, UTF_8))
                    .toList()
                    .toString());
        }
    });

    private static ByteBuffer joined(ByteBuffer... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Stream.of(parts).mapToInt(ByteBuffer::remaining).sum());
        Stream.of(parts).forEach(all::put);
        return all.flip();
    }

    private static ByteBuffer message(String... frames) {
        return Zmtp.message(
                Stream.of(frames).map(frame -> frame.getBytes(UTF_8)).toList());
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 63, 64, 65, 100_000})
    void piecesOfAnyLengthMakeTheSameMessages(int length) throws Exception {
        String large = "x".repeat(300);
        ByteBuffer all = joined(
                Zmtp.greeting(), Zmtp.ready("ROUTER"), message("a", "", large), message(""), message(large, "b"));
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(length, all.remaining()));
            all.position(all.position() + piece.remaining());
            reader.read(piece);
        }
        assertThat(told).containsExactly("greeted", "READY of 22", "[a, , " + large + "]", "[]", "[" + large + ", b]");
    }

    @Test
    void aCommandBetweenTheFramesOfAMessageIsNoPartOfIt() throws Exception {
        reader.read(joined(Zmtp.greeting(), bytes(Zmtp.MORE, 1, 'a'), bytes(Zmtp.COMMAND, 5, 4, 'P', 'I', 'N', 'G')));
        reader.read(bytes(0, 1, 'b'));
        assertThat(told).containsExactly("greeted", "PING of 0", "[a, b]");
    }

    @Test
    void aPongBringsBackWhatThePingSaidBehindItsTimeToLive() {
        assertThat(Zmtp.pong(bytes(0, 10, 'x', 'y')))
                .isEqualTo(bytes(Zmtp.COMMAND, 7, 4, 'P', 'O', 'N', 'G', 'x', 'y'));
        assertThat(Zmtp.pong(bytes())).isEqualTo(bytes(Zmtp.COMMAND, 5, 4, 'P', 'O', 'N', 'G'));
    }

    @Test
    void anotherProtocolIsRefused() {
        assertThatThrownBy(() -> reader.read(
                        ByteBuffer.wrap("HTTP/1.1 200 OK\r\n".repeat(4).getBytes(UTF_8))))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("it sent a greeting that is not of ZMTP 3 without security, which is no message");
    }

    @Test
    void anOlderVersionAndAnotherSecurityAreRefused() {
        ByteBuffer older = Zmtp.greeting().put(10, (byte) 1);
        ByteBuffer secured = Zmtp.greeting().put(12, "CURVE".getBytes(UTF_8));
        assertThat(Stream.of(older, secured)).noneMatch(Zmtp::isGreeting);
        assertThat(Zmtp.isGreeting(Zmtp.greeting().put(11, (byte) 1))).isTrue();
    }

    @Test
    void aFrameThatNoArrayCanHoldIsRefused() throws Exception {
        reader.read(Zmtp.greeting());
        assertThatThrownBy(() -> reader.read(bytes(Zmtp.LONG, 0x7F, 0, 0, 0, 0, 0, 0, 0)))
                .hasMessageContaining("a frame of 9151314442816847872 bytes");
    }

    @Test
    void aMessageOfFramesWithoutEndIsRefused() throws Exception {
        reader.read(Zmtp.greeting());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        reader.read(bytes(Zmtp.MORE, 0));
                    }
                })
                .hasMessageContaining("after 100000 others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\5READ"})
    void aCommandWithoutANameIsRefused(String data) {
        ByteBuffer command = joined(bytes(Zmtp.COMMAND, data.length()), ByteBuffer.wrap(data.getBytes(UTF_8)));
        assertThatThrownBy(() -> reader.read(joined(Zmtp.greeting(), command)))
                .hasMessageContaining("a command without a name");
    }
}
