package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into signed frames and back: the wire protocol, with JSON and HMAC-SHA256. Not thread-safe.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol">The wire protocol</a>
 */
final class MessageCodec {

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(UTF_8);
    private static final byte[] EMPTY = "{}".getBytes(UTF_8);
    private static final int SIGNED_FRAMES = 4;

    /** From here on it matters how often a text is copied. */
    private static final int LARGE = 1 << 16;

    /**
     * Kernels send NaN as such, outputs of any size, and integers of any size; numbers keep the digits that they came
     * with.
     */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(100_000)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final @Nullable Mac mac;

    /** All that comes of a cell has the header of the same request. */
    private byte[] lastParent = EMPTY;

    private ObjectNode lastParentParsed = JsonNodeFactory.instance.objectNode();

    /** A codec that signs with that key; with an empty one nothing is signed. */
    MessageCodec(String key) {
        if (key.isEmpty()) {
            mac = null;
            return;
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The frames of a message to a kernel. */
    List<byte[]> encode(Message message) {
        List<byte[]> signed = List.of(
                bytes(message.header()), bytes(message.parent()), bytes(message.metadata()), bytes(message.content()));
        List<byte[]> frames =
                new ArrayList<>(2 + SIGNED_FRAMES + message.buffers().size());
        frames.add(DELIMITER);
        frames.add(signature(signed));
        frames.addAll(signed);
        frames.addAll(message.buffers());
        return frames;
    }

    /**
     * The message in the given frames, whatever routing or topic frames come first.
     *
     * @throws ProtocolException if the frames are no message, or not signed with our key
     */
    Message decode(List<byte[]> frames) throws ProtocolException {
        int delimiter = indexOfDelimiter(frames);
        int first = delimiter + 2;
        if (delimiter < 0 || frames.size() < first + SIGNED_FRAMES) {
            throw new ProtocolException("not a Jupyter message: " + frames.size() + " frames"
                    + (delimiter < 0 ? " without <IDS|MSG>" : ", too few after <IDS|MSG>"));
        }
        List<byte[]> signed = frames.subList(first, first + SIGNED_FRAMES);
        if (!MessageDigest.isEqual(signature(signed), frames.get(delimiter + 1))) {
            throw new ProtocolException("a message whose signature is wrong");
        }
        return new Message(
                object(signed.get(0)),
                parent(signed.get(1)),
                metadata(signed.get(2)),
                content(signed.get(3)),
                List.copyOf(frames.subList(first + SIGNED_FRAMES, frames.size())));
    }

    private static int indexOfDelimiter(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (Arrays.equals(frames.get(i), DELIMITER)) {
                return i;
            }
        }
        return -1;
    }

    private byte[] signature(List<byte[]> frames) {
        if (mac == null) {
            return new byte[0];
        }
        frames.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(UTF_8);
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON tree that cannot be written", e);
        }
    }

    private ObjectNode parent(byte[] frame) throws ProtocolException {
        if (!Arrays.equals(frame, lastParent)) {
            lastParentParsed = object(frame);
            lastParent = frame;
        }
        return lastParentParsed;
    }

    private static ObjectNode metadata(byte[] frame) throws ProtocolException {
        return Arrays.equals(frame, EMPTY) ? JsonNodeFactory.instance.objectNode() : object(frame);
    }

    private static ObjectNode object(byte[] frame) throws ProtocolException {
        return object(frame, MessageCodec::tree);
    }

    private static ObjectNode content(byte[] frame) throws ProtocolException {
        return object(frame, frame.length < LARGE ? MessageCodec::tree : MessageCodec::largeTree);
    }

    private static ObjectNode object(byte[] frame, TreeReader reader) throws ProtocolException {
        try {
            if (reader.read(frame) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new ProtocolException("a message with a part that is not JSON", e);
        }
        throw new ProtocolException("a message with a part that is not a JSON object");
    }

    private static JsonNode tree(byte[] frame) throws IOException {
        return tree(frame, 0, frame.length);
    }

    private static JsonNode largeTree(byte[] frame) throws IOException {
        return LargeJson.read(frame, MessageCodec::tree);
    }

    /** Output of a program need not be UTF-8, and not every kernel minds; such bytes are replaced, as Jupyter does. */
    private static JsonNode tree(byte[] bytes, int offset, int length) throws IOException {
        try {
            return JSON.readTree(bytes, offset, length);
        } catch (IOException e) {
            return JSON.readTree(new String(bytes, offset, length, UTF_8));
        }
    }

    @FunctionalInterface
    private interface TreeReader {
        JsonNode read(byte[] frame) throws IOException;
    }
}
