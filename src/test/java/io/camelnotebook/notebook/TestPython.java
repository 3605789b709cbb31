package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The Python in which nbformat and papermill are installed for the tests. */
public final class TestPython {

    private TestPython() {}

    /** Runs a script, and gives what it wrote to its standard output. */
    public static byte[] run(String script, byte[] stdin) throws IOException, InterruptedException {
        String python = System.getProperty("test.python");
        assertThat(python).as("system property test.python").isNotNull();
        Path input = Files.createTempFile("stdin", "");
        try {
            Files.write(input, stdin);
            Process process = new ProcessBuilder(python, "-c", script)
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] output;
            try (InputStream out = process.getInputStream();
                    OutputStream in = process.getOutputStream()) {
                output = out.readAllBytes();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("exit status; output: " + new String(output, UTF_8))
                    .isZero();
            return output;
        } finally {
            Files.delete(input);
        }
    }
}
