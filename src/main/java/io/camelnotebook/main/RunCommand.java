package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.pipeline.ConfigProblem;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.Selection;
import io.camelnotebook.run.Redo;
import io.camelnotebook.run.RunHistory;
import io.camelnotebook.run.RunListeners;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: config files, now; ends with their last job. */
@Command(
        name = "run",
        description = "Runs the jobs of config files, and ends with the last of them.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(arity = "0..*", paramLabel = "CONFIG", description = "Config files, JSON or YAML.")
    private List<Path> configs = new ArrayList<>();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter, instead of what the config files say.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Goes on with a run that was cut off or cancelled: with the jobs that have not ended.")
    private @Nullable String resume;

    @Option(
            names = "--failed",
            paramLabel = "RUN",
            description = "Runs the jobs of a run again that did not succeed, and what was skipped because of them.")
    private @Nullable String failed;

    @Option(
            names = "--only",
            paramLabel = "JOB",
            description =
                    "Runs this job and what it needs, and no other; train[ridge-3] is one job of a matrix. May be given"
                            + " more than once.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--no-cache", description = "Runs every job, also those that an earlier run has done already.")
    private boolean noCache;

    @Option(names = "--dry-run", description = "Prints the plan, and runs nothing.")
    private boolean dryRun;

    @Option(
            names = "--progress",
            paramLabel = "auto|plain|json|none",
            description = "How progress is shown; a bar on a terminal and lines elsewhere by default.")
    private Progress.Style progress = Progress.Style.AUTO;

    @Override
    public Integer call() {
        checkUsage();
        Settings settings = Settings.load().with("notebook.watch", false);
        engine.applyTo(settings);
        if (noCache) {
            settings.with("notebook.cache", false);
        }
        Console console = Console.of(command);
        if (!dryRun && (progress == Progress.Style.AUTO || progress == Progress.Style.PLAIN)) {
            // Camel and the ledger take a second to start, and nobody should wonder meanwhile.
            console.message("reading " + names(configs) + "; " + settings.kernels() + " notebooks at a time");
        }
        Progress shown = Progress.of(progress, console, configs.size() > 1);
        ClosingTable table = new ClosingTable(console, configs.size() > 1);
        try (Application application = new Application(settings, new RunListeners(List.of(shown, table)))) {
            if (!dryRun) {
                application.startKernelsAhead();
            }
            if (resume != null || failed != null) {
                application.start();
                return resume(application, shown, table);
            }
            List<Pipeline> pipelines = read(application);
            pipelines.stream()
                    .filter(pipeline -> pipeline.schedule().isPresent())
                    .forEach(pipeline -> console.message(pipeline.name()
                            + ": its schedule counts only in a folder that is" + " watched; here it runs now, once"));
            if (!dryRun) {
                application.startKernelsAhead();
            }
            application.start();
            if (dryRun) {
                pipelines.forEach(
                        pipeline -> Plan.print(pipeline, application.preview(pipeline), settings.outputs(), console));
                return ExitStatus.OK;
            }
            return run(
                    application,
                    shown,
                    table,
                    () -> pipelines.stream()
                            .map(pipeline -> application.submit(pipeline, new RunOrigin(null, null, overrides(), only)))
                            .toList());
        }
    }

    private void checkUsage() {
        boolean goesOn = resume != null || failed != null;
        if (resume != null && failed != null) {
            throw new UsageException("give either --resume or --failed");
        }
        if (goesOn && (configs.size() > 1 || dryRun)) {
            throw new UsageException("a run goes on with one config file, and --dry-run shows only new runs");
        }
        if (!goesOn && configs.isEmpty()) {
            throw new UsageException("name a config file, such as configs/demo.yaml");
        }
    }

    /** The config file is read again, with the parameters that were given then and those that are given now. */
    private int resume(Application application, Progress shown, ClosingTable table) {
        RunHistory.Entry entry = application.history().run(Objects.requireNonNullElse(resume, failed));
        entry.requireNoEngine();
        Path config = configs.isEmpty() ? Path.of(entry.config()) : configs.get(0);
        Map<String, JsonNode> values = new LinkedHashMap<>(entry.overrides());
        values.putAll(overrides());
        List<String> selected = only.isEmpty() ? entry.only() : only;
        Pipeline pipeline = selection(selected, List.of(application.reader().read(config, values)))
                .get(0);
        tellWhatIsLeft(entry);
        Redo redo = resume != null ? Redo.INTERRUPTED : Redo.UNSUCCESSFUL;
        return run(application, shown, table, () -> List.of(application.resume(entry.id(), pipeline, redo)));
    }

    /** A run that is over goes on with what was not delivered, if anything; people mostly expect more of it. */
    private void tellWhatIsLeft(RunHistory.Entry entry) {
        Console console = Console.of(command);
        if (entry.state() == RunState.SUCCEEDED) {
            console.message("all jobs of run " + entry.id() + " succeeded: none of them is run again");
        } else if (entry.state() == RunState.FAILED && resume != null) {
            console.message(
                    "all jobs of run " + entry.id() + " have ended: none of them is run again; those that did not"
                            + " succeed are by run --failed " + entry.id());
        }
    }

    private Map<String, JsonNode> overrides() {
        Map<String, JsonNode> overrides = new LinkedHashMap<>();
        parameters.forEach((name, value) -> overrides.put(name, ParameterText.value(value)));
        return overrides;
    }

    private int run(
            Application application,
            Progress shown,
            ClosingTable table,
            Supplier<List<CompletableFuture<RunSummary>>> start) {
        try {
            return await(application, start, shown);
        } finally {
            if (progress != Progress.Style.JSON) {
                table.print();
            }
        }
    }

    private static String names(List<Path> configs) {
        return switch (configs.size()) {
            case 0 -> "the ledger";
            case 1 -> configs.get(0).toString();
            default -> configs.size() + " config files";
        };
    }

    /** All of them are read before any of them runs. */
    private List<Pipeline> read(Application application) {
        Map<String, JsonNode> overrides = overrides();
        List<Pipeline> pipelines = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (Path config : configs) {
            try {
                pipelines.add(application.reader().read(config, overrides));
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return selection(only, pipelines);
    }

    static List<Pipeline> selection(List<String> names, List<Pipeline> pipelines) {
        try {
            return new Selection(names).of(pipelines);
        } catch (NoSuchElementException e) {
            throw new UsageException("--only: " + e.getMessage());
        }
    }

    private static int await(
            Application application, Supplier<List<CompletableFuture<RunSummary>>> start, Progress progress) {
        try (Interruption interruption = Interruption.cancelling(application::cancel)) {
            List<CompletableFuture<RunSummary>> runs = start.get();
            boolean flawless = true;
            try {
                for (CompletableFuture<RunSummary> run : runs) {
                    flawless &= run.join().isFlawless();
                }
            } catch (CompletionException broken) {
                // The engine itself failed: what still runs is written as far as it went.
                application.cancel();
                throw broken;
            } finally {
                progress.close();
            }
            if (interruption.happened()) {
                return ExitStatus.INTERRUPTED;
            }
            return flawless ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }
}
