package io.camelnotebook.execution.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** nbclient, in one process of the Python of the tests. */
final class Nbclient implements NotebookRunner {

    private static final Path SCRIPT = Path.of("src/test/python/run_nbclient.py");
    private static final int LIMIT_MINUTES = 10;

    private final String python;

    Nbclient(String python) {
        this.python = python;
    }

    @Override
    public Map<String, ExecutedNotebook> run(Path folder) throws IOException, InterruptedException {
        Path inputs = folder.resolve("in");
        Path outputs = Files.createDirectories(folder.resolve("out"));
        NotebookSet.copyTo(inputs);
        Process process = new ProcessBuilder(python, SCRIPT.toString(), inputs.toString(), outputs.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("nbclient ended in time").isTrue();
        assertThat(process.exitValue())
                .as("nbclient's exit status; it said: %s", new String(Files.readAllBytes(folder.resolve("log")), UTF_8))
                .isZero();
        return read(outputs, new Normaliser(inputs));
    }

    private static Map<String, ExecutedNotebook> read(Path outputs, Normaliser normaliser) throws IOException {
        JsonNode verdicts = Documents.read(outputs.resolve("verdicts.json"));
        Map<String, ExecutedNotebook> executed = new TreeMap<>();
        for (String name : NotebookSet.names()) {
            JsonNode document = Documents.read(outputs.resolve(name + ".ipynb"));
            executed.put(name, normaliser.normalise(new ExecutedNotebook(verdicts.path(name), document)));
        }
        return executed;
    }
}
