package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for configs that watchers watch, and beside it a notebook {@code note.ipynb}, each execution of which is seen.
 *
 * @param directory the working directory of the watchers
 * @param configs the watched folder in it
 */
record WatchedFolder(Path directory, Path configs) {

    static final Duration LIMIT = Duration.ofSeconds(60);

    static WatchedFolder in(Path directory) throws IOException {
        // Each execution appends a line, so that one that happens twice is seen.
        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''\nseconds = 0",
                "import time\nwith open('executions', 'a') as file: file.write(word + '\\n')\ntime.sleep(seconds)");
        return new WatchedFolder(directory, Files.createDirectory(directory.resolve("configs")));
    }

    Engine watch(String... options) throws IOException {
        String[] words = Stream.concat(Stream.of("-Dnotebook.watch.quiet=300", "watch"), Stream.of(options))
                .toArray(String[]::new);
        Engine engine = Engine.start(directory, words);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(engine.err()).contains("watching configs/"));
        return engine;
    }

    static String config(String word, double seconds) {
        return "jobs: {" + word + ": {notebook: note.ipynb, label: " + word + ", parameters: {word: " + word
                + ", seconds: " + seconds + "}}}";
    }

    void drop(String name, String text) throws IOException {
        Path written = Files.writeString(directory.resolve(name + ".part"), text);
        Files.move(written, configs.resolve(name));
    }

    List<String> executions() {
        try {
            Path file = directory.resolve("executions");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> filesIn(String folder) {
        Path path = configs.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path, folder.isEmpty() ? 1 : 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void awaitFiles(String folder, int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(filesIn(folder)).hasSize(count));
    }
}
