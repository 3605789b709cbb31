package io.camelnotebook.main;

import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.NotebookOutput;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.ReportMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code execute}: one notebook, with papermill's command line. */
@Command(
        name = "execute",
        description = "Executes one notebook; takes papermill's command line.",
        footer = "Of parameters with one name, -r wins over -p, that over -y, -f, -b and the injected paths.",
        mixinStandardHelpOptions = true,
        versionProvider = CamelNotebook.Version.class)
final class ExecuteCommand implements Callable<Integer> {

    /** What papermill calls its own engine. */
    private static final String PAPERMILLS_ENGINE = "nbclient";

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "INPUT",
            description = "The notebook to execute; '-' or nothing for a pipe. A template, as OUTPUT.")
    private @Nullable String input;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUTPUT",
            description =
                    "Where the executed notebook goes; '-' or nothing for the standard output. A template of Python's"
                            + " str.format over the parameters and pm, such as out_{alpha:.2f}_{pm[run_uuid]}.ipynb.")
    private @Nullable String output;

    // No groups: those refuse an option that is given twice, of which the last should count.
    @Mixin
    private PapermillParameters parameters = new PapermillParameters();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--help-notebook", description = "Shows the parameters of the notebook, and runs nothing.")
    private boolean helpNotebook;

    @Option(
            names = {"-k", "--kernel"},
            paramLabel = "NAME",
            description = "The kernel to run; the notebook's own if not given.")
    private Optional<String> kernel = Optional.empty();

    @Option(
            names = {"-l", "--language"},
            paramLabel = "NAME",
            description = "The language to write the parameters in; the kernel's own if not given.")
    private Optional<String> language = Optional.empty();

    @Option(names = "--cwd", paramLabel = "DIR", description = "The kernel's working directory.")
    private Path directory = Path.of("");

    @Option(
            names = {"--start-timeout", "--start_timeout"},
            paramLabel = "SECONDS",
            description = "How long the kernel may take to start; ${DEFAULT-VALUE} by default.")
    private int startTimeout = (int) KernelRequest.DEFAULT_START_TIMEOUT.toSeconds();

    @Mixin
    private KernelStartOption kernelStart = new KernelStartOption();

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

    @Option(
            names = "--request-save-on-cell-execute",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether to save while the notebook runs, or only at its end.")
    private boolean saveProgress;

    @Option(
            names = "--report-mode",
            negatable = true,
            defaultValue = "false",
            fallbackValue = "true",
            description = "Hides the source of code cells.")
    private boolean reportMode;

    @Option(
            names = "--progress-bar",
            negatable = true,
            fallbackValue = "true",
            description = "Whether to show on a terminal which cell runs; by default unless --log-output is given.")
    private Optional<Boolean> progressBar = Optional.empty();

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description =
                    "Accepted for papermill's sake, whose own is " + PAPERMILLS_ENGINE + "; there are no others here.")
    private String engine = PAPERMILLS_ENGINE;

    private boolean prepareOnly;
    private LogLevel told = LogLevel.INFO;

    @Option(names = "--prepare-only", description = "Writes the notebook with its parameters, and runs nothing.")
    private void prepareOnly(boolean given) {
        prepareOnly = given;
    }

    @Option(names = "--prepare-execute", description = "Runs the notebook, which is the default.")
    private void prepareExecute(boolean given) {
        prepareOnly = !given;
    }

    @Override
    public Integer call() throws PreparationException {
        checkOptions();
        NotebookPaths given = NotebookPaths.given(input, helpNotebook ? NotebookPaths.STREAM : output);
        NotebookPaths paths = given.filledIn(parameters);
        told = log.level(paths.isToStream());
        Clock clock = Clock.systemUTC();
        Settings settings = Settings.load();
        kernelStart.applyTo(settings);
        int cores = Runtime.getRuntime().availableProcessors();
        try (LocalKernels kernels = new LocalKernels(
                List.of(),
                settings.kernelStart(),
                settings.kernelTransport(),
                cores,
                1,
                clock,
                message -> say(LogLevel.INFO, message))) {
            if (helpNotebook) {
                return help(NotebookParameters.of(paths.input(), kernels));
            }
            paths.checkWritable();
            if (!prepareOnly) {
                kernels.startAhead();
            }
            NotebookExecutor executor = new NotebookExecutor(kernels, clock);
            ExecutionRequest request = request(paths);
            PreparedNotebook prepared = paths.isFromStream()
                    ? executor.prepare(request, StandardStreams.input())
                    : executor.prepare(request);
            prepared.warnings().forEach(warning -> say(LogLevel.WARNING, "warning: " + warning));
            if (reportMode) {
                ReportMode.apply(prepared.notebook());
            }
            if (prepareOnly) {
                executor.write(prepared, output(paths));
                return ExitStatus.OK;
            }
            return execute(executor, prepared, paths);
        }
    }

    private void checkOptions() {
        if (!engine.equals(PAPERMILLS_ENGINE)) {
            throw new UsageException(
                    "--engine " + engine + ": papermill's engines are Python classes, and camel-notebook is"
                            + " an engine itself: it starts the notebook's kernel; leave --engine out, and choose a kernel with -k");
        }
        if (startTimeout < 1) {
            throw new UsageException("--start-timeout " + startTimeout + ": expected a number of seconds, at least 1");
        }
        if (!Files.isDirectory(directory.toAbsolutePath())) {
            throw new UsageException("--cwd '" + directory + "': there is no such folder; make it, or name another");
        }
    }

    /** papermill's exit status where it has one: 1 if there is no cell to tell of. */
    private int help(NotebookParameters inspected) {
        Console console = console();
        inspected.lines().forEach(console::result);
        return inspected.cell().isPresent() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private int execute(NotebookExecutor executor, PreparedNotebook prepared, NotebookPaths paths) {
        Cancellation cancellation = new Cancellation();
        List<Cell> cells = prepared.notebook().cells();
        boolean showsProgress = progressBar.orElse(!log.logsOutput() && !paths.isToStream());
        ExecutionListener progress =
                showsProgress && Console.isTerminal() ? new CellProgress(console(), cells) : ExecutionListener.NONE;
        try (CellOutputLog outputLog = log.open(console(), told, progress);
                Interruption interruption = Interruption.cancelling(cancellation::cancel)) {
            ExecutionResult result = executor.execute(prepared, output(paths), outputLog, cancellation);
            report(result, paths);
            if (interruption.happened()) {
                return ExitStatus.INTERRUPTED;
            }
            return result.outcome() == Outcome.SUCCEEDED ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }

    private ExecutionRequest request(NotebookPaths paths) {
        ExecutionOptions limits = new ExecutionOptions(
                Optional.empty(),
                executionTimeout > 0 ? Optional.of(Duration.ofSeconds(executionTimeout)) : Optional.empty(),
                false,
                ExecutionOptions.DEFAULT.interruptGrace(),
                ExecutionOptions.DEFAULT.terminateGrace());
        return new ExecutionRequest(
                Path.of(paths.input()),
                Path.of(paths.output()),
                parameters.read(paths.input(), paths.output()),
                kernel,
                language.filter(name -> !name.isEmpty()),
                directory.toAbsolutePath(),
                Map.of(),
                false,
                Duration.ofSeconds(startTimeout),
                Duration.ofSeconds(Math.max(0, autosave)),
                limits);
    }

    private NotebookOutput output(NotebookPaths paths) {
        NotebookOutput output =
                paths.isToStream() ? StandardStreams.output() : NotebookOutput.file(Path.of(paths.output()));
        return saveProgress ? output : output::result;
    }

    private Console console() {
        return Console.of(command);
    }

    private void report(ExecutionResult result, NotebookPaths paths) {
        result.error()
                .ifPresent(error -> console()
                        .message("\n" + ErrorText.of(error.name(), error.message(), error.traceback()) + "\n"));
        Duration time = result.start().plus(result.run());
        String line = String.format(
                Locale.ROOT,
                "%s: %s in %.1f s, written to %s",
                paths.input(),
                result.outcome().jsonName(),
                time.toMillis() / 1000.0,
                paths.output());
        if (told.tells(result.outcome() == Outcome.SUCCEEDED ? LogLevel.INFO : LogLevel.ERROR)) {
            console().message(line);
        }
    }

    private void say(LogLevel level, String message) {
        if (told.tells(level)) {
            console().message("camel-notebook: " + message);
        }
    }
}
