package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Output in floods is kept whole and in order. */
@Timeout(60)
class OutputFloodIT extends WithFakeKernel {

    @Test
    void aHundredThousandMessagesAreKeptInOrder() throws Exception {
        fake.execute("flood 100000");
        String expected = String.join(
                "",
                IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").toList());
        assertThat(fake.text(0)).isEqualTo(expected);
    }
}
