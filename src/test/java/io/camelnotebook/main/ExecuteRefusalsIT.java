package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code execute} and {@code inspect} say of arguments that will not do; nothing is run or written. */
class ExecuteRefusalsIT {

    private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.write(directory.resolve("in.ipynb"), "a = 1", "print(a)");
        Files.writeString(directory.resolve("list.yaml"), "[1, 2]");
        Files.writeString(directory.resolve("broken.yaml"), "a: [");
        Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xfc});
        Files.writeString(directory.resolve("file"), "");
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                arguments("in.ipynb out.ipynb -b !!!", "-b: expected YAML in Base64", "base64 -w0"),
                arguments("in.ipynb out.ipynb -b /w==", "-b: expected YAML in UTF-8", "save it as UTF-8"),
                arguments("in.ipynb out.ipynb -y [1]", "-y: expected a map of parameters", "write name: value"),
                arguments("in.ipynb out.ipynb -y {a:", "-y:1:", "(mend the syntax"),
                arguments(
                        "in.ipynb out.ipynb -f list.yaml",
                        "list.yaml: expected a map of parameters",
                        "write name: value"),
                arguments("in.ipynb out.ipynb -f broken.yaml", "broken.yaml:", "this is not YAML"),
                arguments("in.ipynb out.ipynb -f latin.yaml", "latin.yaml: expected YAML in UTF-8", "save it as UTF-8"),
                arguments(
                        "in.ipynb out.ipynb -f none.yaml",
                        "none.yaml: the file of parameters cannot be read",
                        "is the path right?"),
                arguments("in.ipynb out.ipynb -p a", "'--parameters'", "See 'camel-notebook execute --help'"),
                arguments("in.ipynb out.ipynb -p a-b 1", "Parameter 'a-b' cannot be a variable in Python", "'a_b'"),
                arguments(
                        "in.ipynb out_{b}.ipynb -p a 1",
                        "there is no parameter 'b', only: a, pm",
                        "give it with -p b VALUE"),
                arguments("in.ipynb out_{a:d}.ipynb -r a x", "is no format for the text 'x'", ":>10"),
                arguments("in.ipynb out_{.ipynb", "a '{' without its '}'", "write '{{' for a brace"),
                arguments(
                        "s3://bucket/in.ipynb out.ipynb",
                        "INPUT 's3://bucket/in.ipynb': expected a file's path",
                        "aws s3 cp"),
                arguments(
                        "in.ipynb gs://bucket/out.ipynb",
                        "OUTPUT 'gs://bucket/out.ipynb': expected a file's path",
                        "piped"),
                arguments("in.ipynb .", "is a folder", "such as"),
                arguments("in.ipynb file/out.ipynb", "is no folder", "name a place where files can be made"),
                arguments("none.ipynb out.ipynb", "there is no such notebook", "none.ipynb"),
                arguments("in.ipynb out.ipynb --cwd nowhere", "there is no such folder", "make it, or name another"),
                arguments("in.ipynb out.ipynb --engine noteable", "--engine noteable", "choose a kernel with -k"),
                arguments("in.ipynb out.ipynb -k pyton3", "No kernel is called 'pyton3'", "Name one of those found"),
                arguments(
                        "in.ipynb out.ipynb -p a 1 -l cobol", "whose language is 'cobol'", "expected one of Python, R"),
                arguments("in.ipynb out.ipynb --log-level LOUD", "'LOUD'", "WARNING"),
                arguments("in.ipynb out.ipynb --start-timeout 0", "--start-timeout 0", "at least 1"),
                arguments("in.ipynb out.ipynb --execution-timeout soon", "'soon'", "--execution-timeout"),
                arguments(
                        "in.ipynb out.ipynb --stdout-file file/x",
                        "--stdout-file",
                        "name a file in a folder that is there"),
                arguments("in.ipynb out.ipynb third", "'third'", "See 'camel-notebook execute --help'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badArguments")
    void whatWillNotDoIsRefusedWithTheRemedy(String line, String problem, String remedy) {
        int status = run("execute " + line);

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(problem, remedy).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
        assertThat(directory.resolve("out.ipynb")).doesNotExist();
    }

    @Test
    void theParametersOfANotebookInAnotherLanguageAreShownAsTheyAre() throws IOException {
        Path notebook = directory.resolve("r.ipynb");
        Files.writeString(notebook, """
                {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": {"name": "ir", "language": "R"}},
                 "cells": [{"cell_type": "code", "source": "x <- 1", "outputs": [], "execution_count": null,
                            "metadata": {"tags": ["parameters"]}}]}""");

        assertThat(run("inspect r.ipynb")).isZero();
        assertThat(out.toString())
                .contains("Only Python notebooks can be inspected, and this one is in r", "    x <- 1");
        assertThat(run("inspect --json r.ipynb")).isZero();
        assertThat(out.toString()).contains("\"parameters\" : null");
    }

    @Test
    void aNotebookWithoutAParametersCellSaysSo() throws IOException {
        Files.writeString(
                directory.resolve("none.ipynb"),
                "{\"nbformat\": 4, \"nbformat_minor\": 4, \"metadata\": {}, \"cells\": []}");

        assertThat(run("inspect none.ipynb")).isZero();
        assertThat(out.toString()).contains("No cell tagged 'parameters'");
        assertThat(run("execute --help-notebook none.ipynb"))
                .as("papermill's status")
                .isEqualTo(1);
    }

    @Test
    void aNotebookToInspectThatIsNotThereIsNamed() {
        assertThat(run("inspect nowhere.ipynb")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString())
                .contains("nowhere.ipynb: there is no such notebook")
                .doesNotContain("\tat ");
    }

    /** Words that name files are paths into the test's folder. */
    private int run(String line) {
        String[] words = Stream.of(line.split(" "))
                .map(word -> word.equals(".") || (word.matches("[a-z_{}:]+\\.(ipynb|yaml)|file.*|nowhere"))
                        ? directory.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        return CamelNotebook.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
