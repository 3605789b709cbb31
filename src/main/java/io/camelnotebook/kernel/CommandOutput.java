package io.camelnotebook.kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a command that was run to its end answered.
 *
 * @param status its exit status
 * @param text what it wrote to its standard output and error, without white space around it
 */
record CommandOutput(int status, String text) {

    /**
     * Runs a command with exactly that environment and an empty input. One that takes longer than the limit is killed
     * with its children.
     *
     * @throws IOException if it can't be started, or takes too long
     */
    static CommandOutput of(List<String> command, Map<String, String> environment, Duration limit) throws IOException {
        // A file and not a pipe: a grandchild that stays behind may hold a pipe open for ever.
        Path output = Files.createTempFile("camel-notebook", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!ended(process, limit)) {
                throw new IOException("no answer within " + limit.toSeconds() + " s");
            }
            return new CommandOutput(process.exitValue(), read(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean ended(Process process, Duration limit) {
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        return ended;
    }

    private static String read(Path output) {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
