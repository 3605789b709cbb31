package io.camelnotebook.main;

import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.kernel.LocalKernels;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code execute}: one notebook, with papermill's command line. */
@Command(
        name = "execute",
        description = "Executes one notebook; takes papermill's command line.",
        mixinStandardHelpOptions = true)
final class ExecuteCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "INPUT", description = "The notebook to execute.")
    private Path input;

    @Parameters(index = "1", paramLabel = "OUTPUT", description = "Where the executed notebook goes.")
    private Path output;

    @ArgGroup(exclusive = false, heading = "Parameters, those further down win:%n")
    private PapermillParameters parameters = new PapermillParameters();

    @Option(
            names = {"-k", "--kernel"},
            paramLabel = "NAME",
            description = "The kernel to run; the notebook's own if not given.")
    private Optional<String> kernel = Optional.empty();

    @Option(names = "--cwd", paramLabel = "DIR", description = "The kernel's working directory.")
    private Path directory = Path.of("");

    @Option(
            names = {"--start-timeout", "--start_timeout"},
            paramLabel = "SECONDS",
            description = "How long the kernel may take to start; ${DEFAULT-VALUE} by default.")
    private int startTimeout = (int) KernelRequest.DEFAULT_START_TIMEOUT.toSeconds();

    @Option(
            names = "--execution-timeout",
            paramLabel = "SECONDS",
            description = "How long each cell may take; as long as it takes by default.")
    private int executionTimeout;

    @Option(
            names = "--autosave-cell-every",
            paramLabel = "SECONDS",
            description = "How often to save while a cell runs; ${DEFAULT-VALUE} by default, 0 for never.")
    private int autosave = (int) ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL.toSeconds();

    @Option(names = "--prepare-only", description = "Writes the notebook with its parameters, and runs nothing.")
    private boolean prepareOnly;

    @Option(
            names = "--no-progress-bar",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether to show on a terminal which cell runs.")
    private boolean progressBar;

    @Option(
            names = "--request-save-on-cell-execute",
            negatable = true,
            hidden = true,
            description = "Accepted for papermill's sake: the notebook is saved at each cell.")
    private boolean saveOnCell;

    @Option(
            names = {
                "--help-notebook",
                "--report-mode",
                "--no-report-mode",
                "--log-output",
                "--no-log-output",
                "--stdout-file",
                "--stderr-file",
                "-l",
                "--language",
                "--engine",
                "--log-level"
            },
            arity = "0..1",
            hidden = true,
            description = "papermill's, not yet here.")
    private void notYet(String value) {
        throw new ParameterException(
                command.commandLine(),
                "these options of papermill are not yet supported: --help-notebook, --report-mode, --log-output,"
                        + " --stdout-file, --stderr-file, --language, --engine, --log-level; leave them out");
    }

    @Override
    public Integer call() throws PreparationException {
        Clock clock = Clock.systemUTC();
        int cores = Runtime.getRuntime().availableProcessors();
        try (LocalKernels kernels = new LocalKernels(List.of(), cores, clock, this::say)) {
            NotebookExecutor executor = new NotebookExecutor(kernels, clock);
            PreparedNotebook prepared = executor.prepare(request());
            prepared.warnings().forEach(warning -> say("warning: " + warning));
            if (prepareOnly) {
                executor.write(prepared);
                return ExitStatus.OK;
            }
            Cancellation cancellation = new Cancellation();
            try (Interruption interruption = Interruption.cancelling(cancellation::cancel)) {
                ExecutionResult result = executor.execute(prepared, progress(prepared), cancellation);
                report(result);
                if (interruption.happened()) {
                    return ExitStatus.INTERRUPTED;
                }
                return result.outcome() == Outcome.SUCCEEDED ? ExitStatus.OK : ExitStatus.FAILED;
            }
        }
    }

    private ExecutionRequest request() {
        ExecutionOptions limits = new ExecutionOptions(
                Optional.empty(),
                executionTimeout > 0 ? Optional.of(Duration.ofSeconds(executionTimeout)) : Optional.empty(),
                false,
                ExecutionOptions.DEFAULT.interruptGrace(),
                ExecutionOptions.DEFAULT.terminateGrace());
        return new ExecutionRequest(
                input,
                output,
                parameters.read(input, output),
                kernel,
                directory.toAbsolutePath(),
                Map.of(),
                false,
                Duration.ofSeconds(startTimeout),
                Duration.ofSeconds(autosave),
                limits);
    }

    private ExecutionListener progress(PreparedNotebook prepared) {
        int cells = prepared.notebook().cells().size();
        return progressBar && Console.isTerminal() ? new CellProgress(console(), cells) : ExecutionListener.NONE;
    }

    private Console console() {
        return new Console(command.commandLine().getOut(), command.commandLine().getErr());
    }

    private void report(ExecutionResult result) {
        Console console = console();
        result.error()
                .ifPresent(error ->
                        console.message("\n" + ErrorText.of(error.name(), error.message(), error.traceback()) + "\n"));
        console.message(String.format(
                Locale.ROOT,
                "%s: %s in %.1f s, written to %s",
                input,
                result.outcome().jsonName(),
                seconds(result.start().plus(result.run())),
                output));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void say(String message) {
        console().message("camel-notebook: " + message);
    }
}
