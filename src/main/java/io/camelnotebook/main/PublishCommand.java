package io.camelnotebook.main;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.run.Redo;
import io.camelnotebook.run.RunHistory;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code publish --retry}: what a run left and its destinations did not get. */
@Command(
        name = "publish",
        description = "Sends what a run left and its destinations did not get, and runs nothing.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    /** Required, since one day there may be other things to publish. */
    @Option(names = "--retry", required = true, description = "Sends again what was given up.")
    private boolean retry;

    @Mixin
    private RunParameter run = new RunParameter();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The run's config file, which says where to; where it was by default.")
    private @Nullable Path config;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() {
        Settings settings = Settings.load().with("notebook.watch", false);
        engine.applyTo(settings);
        settings.existingLedger(null);
        Console console = Console.of(command);
        try (Application application = new Application(settings, new ProgressLines(console, false))) {
            RunHistory.Entry entry = run.in(application.history());
            entry.requireNoEngine();
            if (entry.state() == RunState.RUNNING || entry.state() == RunState.CANCELLED) {
                throw new UsageException("run " + entry.id() + " did not get to its end, so there is more to do than to"
                        + " publish: camel-notebook run --resume " + entry.id());
            }
            Path written = Path.of(entry.config());
            if (config == null && Files.notExists(written)) {
                throw new UsageException("the config file of run " + entry.id() + " is not at " + written
                        + " any more; name it with --config: what a watcher has run is in .done or .failed, in the"
                        + " folder it was in");
            }
            Pipeline pipeline =
                    application.reader().read(Objects.requireNonNullElse(config, written), written, entry.overrides());
            Pipeline selected =
                    RunCommand.selection(entry.only(), List.of(pipeline)).get(0);
            application.start();
            RunSummary summary =
                    application.resume(entry.id(), selected, Redo.INTERRUPTED).join();
            console.message("run " + summary.id() + ": "
                    + (summary.undelivered() == 0
                            ? "everything is delivered"
                            : summary.undelivered() + " not delivered"));
            return summary.undelivered() == 0 ? ExitStatus.OK : ExitStatus.FAILED;
        }
    }
}
