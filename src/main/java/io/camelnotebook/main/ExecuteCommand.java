package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = {"-p", "--parameters"},
            arity = "2",
            paramLabel = "NAME VALUE",
            description = "A parameter; True, False, None and numbers are read as such.")
    private List<String> parameters = List.of();

    @Option(
            names = {"-r", "--parameters_raw"},
            arity = "2",
            paramLabel = "NAME TEXT",
            description = "A parameter that is always text.")
    private List<String> rawParameters = List.of();

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

    @Override
    public Integer call() throws PreparationException {
        Clock clock = Clock.systemUTC();
        int cores = Runtime.getRuntime().availableProcessors();
        try (LocalKernels kernels = new LocalKernels(List.of(), cores, clock, this::say)) {
            NotebookExecutor executor = new NotebookExecutor(kernels, clock);
            PreparedNotebook prepared = executor.prepare(request());
            prepared.warnings().forEach(warning -> say("warning: " + warning));
            Cancellation cancellation = new Cancellation();
            try (Interruption interruption = Interruption.cancelling(cancellation::cancel)) {
                ExecutionResult result = executor.execute(prepared, ExecutionListener.NONE, cancellation);
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
                values(),
                kernel,
                directory.toAbsolutePath(),
                Map.of(),
                false,
                Duration.ofSeconds(startTimeout),
                Duration.ofSeconds(autosave),
                limits);
    }

    private Map<String, JsonNode> values() {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i += 2) {
            values.put(parameters.get(i), ParameterText.value(parameters.get(i + 1)));
        }
        for (int i = 0; i < rawParameters.size(); i += 2) {
            values.put(rawParameters.get(i), JsonNodeFactory.instance.textNode(rawParameters.get(i + 1)));
        }
        return values;
    }

    private void report(ExecutionResult result) {
        PrintWriter err = command.commandLine().getErr();
        result.error().ifPresent(error -> {
            err.println();
            err.println(ErrorText.of(error.name(), error.message(), error.traceback()));
            err.println();
        });
        err.printf(
                "%s: %s in %.1f s, written to %s%n",
                input, result.outcome().jsonName(), seconds(result.start().plus(result.run())), output);
        err.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void say(String message) {
        command.commandLine().getErr().println("camel-notebook: " + message);
        command.commandLine().getErr().flush();
    }
}
