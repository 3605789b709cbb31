package io.camelnotebook.main;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes to: results to the output, and what happens meanwhile to the error output. Thread-safe. */
final class Console {

    private static final int USUAL_WIDTH = 80;

    private final PrintWriter out;
    private final PrintWriter err;

    Console(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** The streams of a command. */
    static Console of(CommandSpec command) {
        return new Console(command.commandLine().getOut(), command.commandLine().getErr());
    }

    /** Whether somebody watches the error output at a terminal; the launcher tells, as the JVM cannot. */
    static boolean isTerminal() {
        return System.getProperty("camel.notebook.columns") != null;
    }

    /** How many characters a line of the terminal has. */
    static int columns() {
        return Integer.getInteger("camel.notebook.columns", USUAL_WIDTH);
    }

    synchronized void result(String line) {
        out.println(line);
        out.flush();
    }

    synchronized void message(String line) {
        err.println(line);
        err.flush();
    }

    /** Text as it comes, with line breaks of its own or without. */
    synchronized void text(String text) {
        err.print(text);
        err.flush();
    }

    /** Writes over the line that the cursor is in. */
    synchronized void overwrite(String line) {
        err.print("\r" + line + "\u001b[K");
        err.flush();
    }

    /** A path as short as it can be written from the working directory. */
    static String path(String path) {
        Path here = Path.of("").toAbsolutePath();
        Path given = Path.of(path);
        return given.startsWith(here) ? here.relativize(given).toString() : path;
    }
}
