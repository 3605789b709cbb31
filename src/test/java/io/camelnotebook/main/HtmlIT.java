package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executed notebooks as HTML pages, with real kernels and nbconvert. */
@Timeout(180)
class HtmlIT {

    private final Path folder;

    HtmlIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aJobThatWantsItHasAPageBesideItsNotebookAndAtItsDestinations() throws Exception {
        Notebooks.write(folder.resolve("n.ipynb"), "i = 0", "print('größer', i)");
        Notebooks.write(folder.resolve("fails.ipynb"), "1 / 0");
        Files.writeString(folder.resolve("p.yaml"), """
                publish: [file:there]
                defaults: {html: true}
                jobs:
                  a: {notebook: n.ipynb, label: "l${matrix.i}", matrix: {i: [1, 2]}}
                  plain: {notebook: n.ipynb, html: false}
                  fails: {notebook: fails.ipynb}
                """);
        Engine engine = Engine.run(folder, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        assertThat(folder.resolve("outputs/n/l2/n_l2.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("größer 2");
        assertThat(folder.resolve("outputs/fails/fails/fails_fails.html"))
                .content()
                .contains("ZeroDivisionError");
        assertThat(folder.resolve("outputs/n/plain/n_plain.html")).doesNotExist();
        assertThat(folder.resolve("there/n_l1.html")).hasSameTextualContentAs(folder.resolve("outputs/n/l1/n_l1.html"));
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("there/n_l1.json").toFile())
                        .at("/data/output/html")
                        .asText())
                .isEqualTo("outputs/n/l1/n_l1.html");
        engine.awaitNoProcess(Duration.ofSeconds(5));
    }

    @Test
    void withoutNbconvertThereIsOneLineAndNoPage() throws Exception {
        Notebooks.write(folder.resolve("n.ipynb"), "1");
        Path real = Path.of(System.getProperty("test.python")).toAbsolutePath();
        Path python = Files.writeString(folder.resolve("python"), """
                #!/bin/sh
                [ "$1" = -c ] && exec %s -S "$@"
                exec %s "$@"
                """.formatted(real, real));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Path spec = Files.createDirectories(folder.resolve("kernels/bare")).resolve("kernel.json");
        Files.writeString(spec, """
                {"argv": ["%s", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                 "display_name": "Bare", "language": "python"}
                """.formatted(python));
        Files.writeString(
                folder.resolve("p.yaml"),
                "{jobs: {a: {notebook: n.ipynb, kernel: bare, html: true, matrix: {i: [1, 2]}}}}");
        Engine engine = Engine.run(folder, "run", "p.yaml", "--kernel-start", "fresh");

        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        assertThat(engine.err()).containsOnlyOnce("-m pip install nbconvert");
        assertThat(folder.resolve("outputs/n/1/n_1.html")).doesNotExist();
        assertThat(folder.resolve("outputs/n/1/n_1.ipynb")).exists();
    }
}
