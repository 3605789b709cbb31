package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.Mutations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Damaged messages: refused, unless the damage is where nothing is signed; never another exception, never a hang. */
class MutatedMessagesTest {

    private static final int TRIES = 10_000;
    private static final String KEY = "a key";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageCodec codec = new MessageCodec(KEY);
    private final Random random = new Random(4711);
    private final Mutations mutations = new Mutations(random);

    @Test
    void aDamagedMessageIsRefusedOrSaysWhatItSaid() throws IOException {
        Message message = message("{\"name\": \"stdout\", \"text\": \"é\\u0000\\ud83d\\ude00\", \"n\": [1e5, null]}");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            int refused = 0;
            for (int i = 0; i < TRIES; i++) {
                List<byte[]> frames = new ArrayList<>(List.of("topic".getBytes(UTF_8)));
                frames.addAll(codec.encode(message));
                damage(frames);
                try {
                    Message back = codec.decode(frames);
                    // Buffers and routing frames are not signed.
                    assertThat(back.header()).isEqualTo(message.header());
                    assertThat(back.parent()).isEqualTo(message.parent());
                    assertThat(back.metadata()).isEqualTo(message.metadata());
                    assertThat(back.content()).isEqualTo(message.content());
                } catch (ProtocolException e) {
                    refused++;
                }
            }
            assertThat(refused).isBetween(TRIES / 2, TRIES - 1);
        });
    }

    @Test
    void aDamagedPartThatIsSignedIsRefusedUnlessItIsJson() throws IOException {
        Message message = message("{\"name\": \"stdout\", \"text\": \"é\\u0000\\ud83d\\ude00\", \"n\": [1e5, null]}");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            int refused = 0;
            for (int i = 0; i < TRIES; i++) {
                List<byte[]> frames = new ArrayList<>(codec.encode(message));
                int part = 2 + random.nextInt(4);
                frames.set(part, mutations.change(frames.get(part), frames.get(2 + random.nextInt(4))));
                frames.set(1, signature(frames.subList(2, 6)));
                if (isJsonObject(frames.get(part))) {
                    codec.decode(frames);
                } else {
                    assertThat(catchThrowableOfType(ProtocolException.class, () -> codec.decode(frames)))
                            .as(new String(frames.get(part), UTF_8))
                            .isNotNull();
                    refused++;
                }
            }
            assertThat(refused).isBetween(TRIES / 4, TRIES - 1);
        });
    }

    private void damage(List<byte[]> frames) {
        int frame = random.nextInt(frames.size());
        switch (random.nextInt(5)) {
            case 0 -> frames.remove(frame);
            case 1 -> frames.add(frame, frames.get(random.nextInt(frames.size())));
            case 2 -> frames.set(frame, frames.get(random.nextInt(frames.size())));
            default ->
                frames.set(frame, mutations.change(frames.get(frame), frames.get(random.nextInt(frames.size()))));
        }
    }

    private static boolean isJsonObject(byte[] part) {
        try {
            return JSON.reader()
                            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readTree(new String(part, UTF_8))
                    instanceof ObjectNode;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] signature(List<byte[]> parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
        parts.forEach(mac::update);
        return HexFormat.of().formatHex(mac.doFinal()).getBytes(UTF_8);
    }

    private static Message message(String content) throws IOException {
        return new Message(
                object("{\"msg_id\": \"1\", \"msg_type\": \"stream\", \"version\": \"5.3\"}"),
                object("{\"msg_id\": \"2\", \"session\": \"s\"}"),
                object("{}"),
                object(content),
                List.of(new byte[] {1, 2, 3}));
    }

    private static ObjectNode object(String json) throws IOException {
        return (ObjectNode) JSON.readTree(json);
    }
}
