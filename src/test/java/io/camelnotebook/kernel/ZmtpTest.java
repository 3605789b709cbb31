package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZmtpTest {

    private static String pong(String data) {
        ByteBuffer frame = Zmtp.pong(StandardCharsets.US_ASCII.encode(data));
        assertThat(frame.get()).as("flags").isEqualTo((byte) Zmtp.COMMAND);
        assertThat(frame.get()).as("length").isEqualTo((byte) frame.remaining());
        return StandardCharsets.US_ASCII.decode(frame).toString();
    }

    @ParameterizedTest
    @CsvSource({"tt, ''", "ttcontext, context", "t, ''"})
    void aPingsContextComesBackWithoutItsTimeToLive(String data, String context) {
        assertThat(pong(data)).isEqualTo("\4PONG" + context);
    }

    @Test
    void ofAContextThatIsLongerThanAllowedOnlyAsMuchComesBackAsIs() {
        assertThat(pong("tt" + "x".repeat(300))).isEqualTo("\4PONG" + "x".repeat(16));
    }
}
