package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.kernel.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells what cells print and show while they run, and writes what they print to files. Passes on what it hears. */
final class CellOutputLog implements ExecutionListener, AutoCloseable {

    private final Console console;
    private final boolean toStdout;
    private final boolean toStderr;
    private final ExecutionListener next;
    private final Map<String, Writer> files = new HashMap<>();

    /**
     * A log to the console only.
     *
     * @param toStdout whether the console gets what cells print to their standard output, and what they show as text
     * @param toStderr whether the console gets what they print to their standard error
     */
    CellOutputLog(Console console, boolean toStdout, boolean toStderr, ExecutionListener next) {
        this.console = console;
        this.toStdout = toStdout;
        this.toStderr = toStderr;
        this.next = next;
    }

    /** Lets the stream of that name go to a file as well, which is replaced. */
    void addFile(String stream, Optional<Path> file) {
        file.ifPresent(path -> {
            try {
                files.put(stream, Files.newBufferedWriter(path));
            } catch (IOException e) {
                throw new UsageException("--" + stream + "-file '" + path + "' cannot be written: " + e
                        + "; name a file in a folder that is there");
            }
        });
    }

    @Override
    public void started() {
        next.started();
    }

    @Override
    public void cellStarted(int index) {
        next.cellStarted(index);
    }

    @Override
    public void published(int index, Message message) {
        switch (message.type()) {
            case "stream" -> printed(message.text("name"), message.text("text"));
            case "display_data", "execute_result" -> {
                JsonNode plain = message.field("data").path("text/plain");
                if (toStdout && plain.isTextual()) {
                    console.message(plain.textValue());
                }
            }
            default -> {
                // Errors are told at the end, and the rest is not text.
            }
        }
        next.published(index, message);
    }

    private void printed(String stream, String text) {
        if (stream.equals("stderr") ? toStderr : toStdout) {
            console.text(text);
        }
        Writer file = files.get(stream);
        if (file != null) {
            try {
                file.write(text);
                file.flush();
            } catch (IOException e) {
                console.message("camel-notebook: warning: --" + stream + "-file cannot be written any more: " + e);
                files.remove(stream);
            }
        }
    }

    @Override
    public void cellEnded(int index, CellResult result) {
        next.cellEnded(index, result);
    }

    @Override
    public void close() {
        for (Writer file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
