package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same notebook and the same options for {@code execute} and for the real papermill: the outcome is the same. */
class ExecuteComparisonIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] PRINTS = {
        "a = 0\nb = c = d = e = None",
        "import sys\nfrom IPython.display import display\nprint(a, type(a), b, c, d, e)\nprint('to stderr', file=sys.stderr)",
        "display(1 + 1)\n'a result'"
    };
    private static final String[] FAILS = {"a = 0", "print('before')\nraise ValueError(a)", "print('never')"};

    private static final String[] LOOKS_AROUND = {
        "a = 0",
        "import os, pathlib\nprint(os.path.exists('in.ipynb'), os.path.exists('left.txt'))",
        "pathlib.Path('left.txt').write_text('x')"
    };
    private static final String[] HAS_MAGICS = {"%config Completer.use_jedi = False\na = (\n  0\n)", "!echo {a}", "a"};

    static Stream<Arguments> commandLines() {
        return Stream.of(
                arguments(
                        "values are resolved",
                        PRINTS,
                        words("in.ipynb out.ipynb -p a 1_000 -p b 1e3 -p c True -p d None -r e 07")),
                arguments("later kinds of parameters win", PRINTS, new String[] {
                    "in.ipynb",
                    "out.ipynb",
                    "-r",
                    "e",
                    "raw",
                    "-p",
                    "d",
                    "p",
                    "-p",
                    "e",
                    "p",
                    "-y",
                    "{c: y, d: y, e: y}",
                    "-f",
                    "file.yaml",
                    "-b",
                    "e2E6IGIsIGI6IGIsIGM6IGIsIGQ6IGJ9"
                }),
                arguments(
                        "a value may look like an option",
                        PRINTS,
                        words("in.ipynb out.ipynb -p a -1 -r b -k -p c @in.ipynb")),
                arguments(
                        "of two options the last counts",
                        PRINTS,
                        words(
                                "in.ipynb out.ipynb -k nonsense -k python3 --prepare-only --prepare-execute --inject-paths --inject-paths --log-output --no-log-output"
                                        + " -p a 1 --log-level INFO --log-level WARNING -p a 2")),
                arguments("a report hides its sources", PRINTS, words("in.ipynb out.ipynb -p a 1 --report-mode")),
                arguments("both paths are injected", PRINTS, words("in.ipynb out.ipynb --inject-paths")),
                arguments("one path is injected", PRINTS, words("in.ipynb out.ipynb --inject-output-path")),
                arguments("a notebook is only prepared", PRINTS, words("in.ipynb out.ipynb -p a 1 --prepare-only")),
                arguments("paths are templates", PRINTS, new String[] {
                    "{n}.ipynb",
                    "out_{x:.2f}_{m[k]}_{{}}.ipynb",
                    "-r",
                    "n",
                    "in",
                    "-p",
                    "x",
                    "0.123",
                    "-y",
                    "{m: {k: v}}"
                }),
                arguments(
                        "what is printed goes to files",
                        PRINTS,
                        words("in.ipynb out.ipynb --log-output --stdout-file stdout.txt --stderr-file stderr.txt")),
                arguments(
                        "kernel and language are said",
                        PRINTS,
                        words("in.ipynb out.ipynb -p a 1 -k python3 -l python")),
                arguments(
                        "nothing is saved meanwhile",
                        PRINTS,
                        words("in.ipynb out.ipynb --no-request-save-on-cell-execute --autosave-cell-every 0")),
                arguments(
                        "papermill's engine is named",
                        PRINTS,
                        words("in.ipynb out.ipynb --engine nbclient --no-progress-bar --log-level WARNING")),
                arguments(
                        "another language is said, and only prepared",
                        PRINTS,
                        words("in.ipynb out.ipynb -p a 1.5 -p c True -p d None -r e text --prepare-only -l R")),
                arguments(
                        "Julia is said, by its long option",
                        PRINTS,
                        words(
                                "in.ipynb out.ipynb -p a 1 -p c False -p d None -r e text --prepare-only --language julia")),
                arguments(
                        "the kernel works in a folder of its own and the paths stay here",
                        LOOKS_AROUND,
                        words("in.ipynb out.ipynb --cwd sub --inject-paths")),
                arguments("no kernel and no folder are said", LOOKS_AROUND, new String[] {
                    "in.ipynb", "out.ipynb", "-k", ""
                }),
                arguments(
                        "parameters are declared by what is no Python",
                        HAS_MAGICS,
                        words("in.ipynb out.ipynb -p a 1 -p unknown 2")),
                arguments("a limit that is none", PRINTS, words("in.ipynb out.ipynb --execution-timeout -1")),
                arguments(
                        "nothing takes as long as it may",
                        PRINTS,
                        words("in.ipynb out.ipynb --start_timeout 100 --execution-timeout 100")),
                arguments(
                        "a cell without limits",
                        PRINTS,
                        words("in.ipynb out.ipynb --start-timeout 100 --execution-timeout 0")),
                arguments("a cell fails", FAILS, words("in.ipynb out.ipynb -p a 1")));
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commandLines")
    void theOutcomeIsThatOfPapermill(String name, String[] cells, String[] options, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path ours = prepared(folder.resolve("ours"), cells);
        Path theirs = prepared(folder.resolve("theirs"), cells);
        String[] command =
                Stream.concat(Stream.of("execute"), Stream.of(options)).toArray(String[]::new);

        Program program = Program.camelNotebook(ours, null, command);
        Program papermill = Program.papermill(theirs, null, options);

        assertThat(program.status()).as(program.err() + papermill.err()).isEqualTo(papermill.status());
        assertThat(program.out()).isEmpty();
        assertThat(files(ours)).isEqualTo(files(theirs));
        for (String file : files(theirs)) {
            if (file.endsWith(".ipynb")) {
                assertThat(comparable(ours.resolve(file)).toPrettyString())
                        .as(file)
                        .isEqualTo(comparable(theirs.resolve(file)).toPrettyString());
            } else {
                assertThat(ours.resolve(file)).hasSameTextualContentAs(theirs.resolve(file));
            }
        }
    }

    private static Path prepared(Path folder, String... cells) throws IOException {
        Path notebook = Notebooks.write(folder.resolve("in.ipynb"), cells);
        ObjectNode json = (ObjectNode) JSON.readTree(notebook.toFile());
        // papermill needs to be told, and old outputs are to be cleared only when the notebook runs.
        json.withObject("/metadata/language_info").put("name", "python");
        ObjectNode last = (ObjectNode) json.path("cells").get(cells.length - 1);
        last.withArray("outputs")
                .addObject()
                .put("output_type", "stream")
                .put("name", "stdout")
                .put("text", "old\n");
        JSON.writeValue(notebook.toFile(), json);
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("file.yaml"), "b: f\nc: f\nd: f\n");
        return folder;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What the two must have in common: not ids, times, versions, the words of error markers, and IPython's colours. */
    private static JsonNode comparable(Path notebook) throws IOException {
        JsonNode json = Notebooks.json(notebook);
        ObjectNode result = JSON.createObjectNode();
        JsonNode papermill = json.path("metadata").path("papermill");
        ObjectNode metadata = result.putObject("papermill");
        for (String field : List.of("parameters", "default_parameters", "input_path", "output_path", "exception")) {
            metadata.set(field, papermill.path(field));
        }
        metadata.put("fields", String.join(" ", names(papermill)));
        ArrayNode cells = result.putArray("cells");
        for (JsonNode cell : json.path("cells")) {
            ObjectNode shown = cells.addObject();
            shown.put("type", cell.path("cell_type").asText());
            boolean isMarker = cell.path("metadata").path("tags").toString().contains("papermill-error-cell-tag");
            shown.put("source", isMarker ? "marker" : text(cell.path("source")));
            shown.set("execution_count", cell.path("execution_count"));
            shown.set("jupyter", cell.path("metadata").path("jupyter"));
            shown.put(
                    "tags",
                    cell.path("metadata").path("tags").isEmpty()
                            ? ""
                            : cell.path("metadata").path("tags").toString());
            shown.set("status", cell.path("metadata").path("papermill").path("status"));
            shown.set("exception", cell.path("metadata").path("papermill").path("exception"));
            ArrayNode outputs = shown.putArray("outputs");
            cell.path("outputs")
                    .forEach(output -> outputs.addObject()
                            .put("type", output.path("output_type").asText())
                            .put(
                                    "name",
                                    output.path("name")
                                            .asText(output.path("ename").asText()))
                            .put(
                                    "text",
                                    text(output.path("text"))
                                            + text(output.path("data").path("text/plain"))));
        }
        return result;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.stream().sorted().toList();
    }

    private static String text(JsonNode lines) {
        StringBuilder text = new StringBuilder(lines.asText());
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
