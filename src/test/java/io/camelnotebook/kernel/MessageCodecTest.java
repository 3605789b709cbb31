package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private static final String KEY = "a key";

    private final MessageCodec codec = new MessageCodec(KEY);

    @Test
    void aMessageComesBackAsItWas() throws ProtocolException {
        Message message = new Message(
                object("msg_type", "stream"),
                object("msg_id", "7"),
                object("m", "ü"),
                object("text", "a\u2028\uD83D\uDC2B\0"),
                List.of(new byte[] {1, 2}, new byte[0]));
        Message back = codec.decode(codec.encode(message));
        assertThat(back).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void theSignatureIsTheHmacOfTheFourParts() throws Exception {
        List<byte[]> frames = codec.encode(message(object("a", "b")));
        assertThat(new String(frames.get(0), UTF_8)).isEqualTo("<IDS|MSG>");
        assertThat(frames.get(1)).isEqualTo(signature(frames.subList(2, 6)));
    }

    @Test
    void framesBeforeTheDelimiterAreForRoutingOnly() throws ProtocolException {
        List<byte[]> frames = new ArrayList<>(List.of("topic".getBytes(UTF_8), new byte[0]));
        frames.addAll(codec.encode(message(object("a", "b"))));
        assertThat(codec.decode(frames).text("a")).isEqualTo("b");
    }

    @Test
    void aChangedPartIsRefused() {
        for (int part = 2; part < 6; part++) {
            List<byte[]> frames = codec.encode(message(object("a", "b")));
            frames.set(part, "{ }".getBytes(UTF_8));
            assertThatThrownBy(() -> codec.decode(frames)).hasMessageContaining("signature is wrong");
        }
    }

    @Test
    void aMessageSignedWithAnotherKeyIsRefused() {
        List<byte[]> frames = new MessageCodec("another").encode(message(object("a", "b")));
        assertThatThrownBy(() -> codec.decode(frames)).hasMessageContaining("signature is wrong");
    }

    @Test
    void afterAMessageThatIsRefusedTheNextIsTaken() throws ProtocolException {
        List<byte[]> forged = codec.encode(message(object("a", "b")));
        forged.set(1, new byte[64]);
        assertThatThrownBy(() -> codec.decode(forged)).isInstanceOf(ProtocolException.class);
        assertThat(codec.decode(codec.encode(message(object("a", "b")))).text("a"))
                .isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "null", "\"text\"", "{", "", "\u0000", "{}x", "{}{}"})
    void aPartThatIsNoObjectIsRefused(String part) throws Exception {
        List<byte[]> frames = new ArrayList<>(codec.encode(message(object("a", "b"))));
        frames.set(5, part.getBytes(UTF_8));
        frames.set(1, signature(frames.subList(2, 6)));
        assertThatThrownBy(() -> codec.decode(frames)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void framesThatAreTooFewAreRefused() {
        List<byte[]> frames = codec.encode(message(object("a", "b")));
        for (int count = 0; count < frames.size(); count++) {
            List<byte[]> few = frames.subList(0, count);
            assertThatThrownBy(() -> codec.decode(few)).hasMessageContaining("not a Jupyter message");
        }
    }

    @Test
    void numbersThatAreNoJsonAreTakenAsKernelsSendThem() throws Exception {
        Message message = decodeContent("{\"a\": NaN, \"b\": -Infinity, \"c\": 123456789012345678901234567890}");
        assertThat(message.field("a").doubleValue()).isNaN();
        assertThat(message.field("b").doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(message.field("c").asText()).isEqualTo("123456789012345678901234567890");
    }

    @Test
    void aTextOfManyMegabytesIsTaken() throws Exception {
        String text = "x".repeat(30_000_000);
        assertThat(decodeContent("{\"text\": \"" + text + "\"}").text("text")).hasSize(text.length());
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws Exception {
        byte[] content = "{\"text\": \"a?b\"}".getBytes(UTF_8);
        content[11] = (byte) 0xff;
        assertThat(decodeContent(content).text("text")).isEqualTo("a\ufffdb");
    }

    private Message decodeContent(String content) throws Exception {
        return decodeContent(content.getBytes(UTF_8));
    }

    private Message decodeContent(byte[] content) throws Exception {
        List<byte[]> frames = new ArrayList<>(codec.encode(message(object("a", "b"))));
        frames.set(5, content);
        frames.set(1, signature(frames.subList(2, 6)));
        return codec.decode(frames);
    }

    private static byte[] signature(List<byte[]> parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(UTF_8);
    }

    private static Message message(ObjectNode content) {
        return new Message(object("msg_type", "x"), object("p", "q"), object("m", "n"), content, List.of());
    }

    private static ObjectNode object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }
}
