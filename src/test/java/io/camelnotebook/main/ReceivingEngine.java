package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine whose entrances are open and which leaves what comes by them in its folder, so that it can be counted. */
final class ReceivingEngine implements AutoCloseable {

    private static final int FULL = 500_000;
    private static final Pattern NUMBERED = Pattern.compile("word: (m\\d+)}");

    private final Path directory;
    private @Nullable Engine engine;

    private ReceivingEngine(Path directory) {
        this.directory = directory;
    }

    /** One with a notebook in its working directory, which is not started. */
    static ReceivingEngine in(Path directory) throws IOException {
        Notebooks.write(directory.resolve("note.ipynb"), "word = ''");
        Files.createDirectories(directory.resolve("configs"));
        return new ReceivingEngine(directory);
    }

    ReceivingEngine start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dnotebook.watch.exclude=*"));
        all.addAll(List.of(arguments));
        close();
        engine = Engine.start(directory, all.toArray(String[]::new));
        return this;
    }

    /** A config that the engine would run, with a word by which it is found. */
    String config(String word) {
        return "jobs: {a: {notebook: note.ipynb, parameters: {word: " + word + "}}}";
    }

    /** One that is too large for an engine that may only write files of less than {@value #FULL} bytes. */
    String largeConfig(String word) {
        return config(word) + "\n#" + "x".repeat(FULL);
    }

    /** Lets the disk be full for a {@link #largeConfig}. */
    void fillDisk() throws IOException, InterruptedException {
        engine().limitFiles(FULL);
    }

    /** The names of the config files with a word. */
    List<String> stored(String word) throws IOException {
        try (Stream<Path> files = Files.list(configs())) {
            List<String> names = new ArrayList<>();
            // Hidden are those that are still being written.
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList()) {
                if (Files.readString(file).contains("word: " + word + "}")) {
                    names.add(file.getFileName().toString());
                }
            }
            return names;
        }
    }

    /** Waits until as many config files have a word. */
    void awaitStored(String word, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stored(word)).as(engine().err()).hasSize(count));
    }

    /** The words that a message has whose word is an m and a number, as often as there is a file with it. */
    List<String> numbered() throws IOException {
        List<String> words = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(configs(), "~*")) {
            for (Path file : files) {
                Matcher word = NUMBERED.matcher(Files.readString(file));
                if (word.find()) {
                    words.add(word.group(1));
                }
            }
        }
        return words;
    }

    Path directory() {
        return directory;
    }

    Path configs() {
        return directory.resolve("configs");
    }

    Engine engine() {
        if (engine == null) {
            throw new IllegalStateException("the engine was not started");
        }
        return engine;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
