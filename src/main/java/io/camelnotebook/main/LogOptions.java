package io.camelnotebook.main;

import io.camelnotebook.execution.ExecutionListener;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is told while a notebook is executed. */
final class LogOptions {

    @Option(
            names = "--log-output",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            description = "Tells on the error output what cells print and show, while they run.")
    private boolean logOutput;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description =
                    "How much to tell: ${COMPLETION-CANDIDATES}; INFO by default, ERROR if the notebook goes to the"
                            + " standard output.")
    private Optional<LogLevel> level = Optional.empty();

    @Option(
            names = "--stdout-file",
            paramLabel = "FILE",
            description = "Where to write what cells print to their standard output.")
    private Optional<Path> stdoutFile = Optional.empty();

    @Option(
            names = "--stderr-file",
            paramLabel = "FILE",
            description = "Where to write what cells print to their standard error.")
    private Optional<Path> stderrFile = Optional.empty();

    boolean logsOutput() {
        return logOutput;
    }

    /** How much is told of an execution with that output; the engine's own log follows if it was asked for. */
    LogLevel level(boolean toStream) {
        level.ifPresent(LogLevel::apply);
        LogLevel given = level.orElse(LogLevel.INFO);
        return toStream && given == LogLevel.INFO ? LogLevel.ERROR : given;
    }

    /** A log as asked for, which passes on what it hears. */
    CellOutputLog open(Console console, LogLevel told, ExecutionListener next) {
        CellOutputLog log = new CellOutputLog(
                console, logOutput && told.tells(LogLevel.INFO), logOutput && told.tells(LogLevel.WARNING), next);
        log.addFile("stdout", stdoutFile);
        log.addFile("stderr", stderrFile);
        return log;
    }
}
