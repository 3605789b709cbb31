package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output in floods is kept whole and in order. */
@Timeout(60)
class OutputFloodIT {

    private FakeKernel fake;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        fake = new FakeKernel(folder);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void aHundredThousandMessagesAreKeptInOrder() throws Exception {
        fake.execute("flood 100000");
        String expected = String.join(
                "",
                IntStream.range(0, 100_000).mapToObj(i -> "line " + i + "\n").toList());
        assertThat(fake.text(0)).isEqualTo(expected);
    }
}
