package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLogTest {

    private Path file;

    @BeforeEach
    void file(@TempDir Path folder) {
        file = folder.resolve("kernel.log");
    }

    @Test
    void aShortLogIsToldWhole() throws IOException {
        Files.writeString(file, "one\ntwo\n");
        assertThat(new KernelLog(file).tail()).isEqualTo("one\ntwo");
    }

    @Test
    void ofALongLogTheLastWholeLinesAreTold() throws IOException {
        Files.writeString(file, "first " + "ü".repeat(3_000) + "\nlast but one\nlast\n");
        assertThat(new KernelLog(file).tail()).isEqualTo("last but one\nlast");
    }

    @Test
    void bytesThatAreNoTextDoNoHarm() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, 'a', '\n'});
        assertThat(new KernelLog(file).tail()).endsWith("a");
    }

    @Test
    void aLogThatIsNotThereIsEmpty() {
        assertThat(new KernelLog(file).tail()).isEmpty();
    }
}
