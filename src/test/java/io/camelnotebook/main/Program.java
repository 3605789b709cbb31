package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that ran to its end, ours or papermill.
 *
 * @param out what it wrote to its standard output, byte for byte
 */
record Program(int status, byte[] out, String err) {

    /**
     * Runs camel-notebook; with text for its standard input that comes by a pipe, and else none. Arguments that begin with
     * {@code -D} are for the JVM.
     */
    static Program camelNotebook(Path directory, byte @Nullable [] piped, String... arguments)
            throws IOException, InterruptedException {
        return run(directory, piped, EngineCommand.of(directory, List.of(arguments)));
    }

    /** Runs papermill in the same way. */
    static Program papermill(Path directory, byte @Nullable [] piped, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(EngineCommand.python().toString(), "-m", "papermill"));
        command.addAll(List.of(arguments));
        return run(directory, piped, command);
    }

    private static Program run(Path directory, byte @Nullable [] piped, List<String> command)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("program");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (piped == null) {
            builder.redirectInput(new File("/dev/null"));
        }
        Path bin = EngineCommand.python().resolveSibling("");
        builder.environment().put("JUPYTER_PATH", directory.toString());
        builder.environment().put("VIRTUAL_ENV", bin.resolveSibling("").toString());
        builder.environment().merge("PATH", bin.toString(), (path, ours) -> ours + File.pathSeparator + path);
        Process process = builder.start();
        try {
            if (piped != null) {
                try (OutputStream in = process.getOutputStream()) {
                    in.write(piped);
                }
            }
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("it ended in time; it said: " + Files.readString(err))
                    .isTrue();
            return new Program(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            Files.delete(folder);
        }
    }

    String outText() {
        return new String(out, UTF_8);
    }
}
