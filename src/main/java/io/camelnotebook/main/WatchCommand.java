package io.camelnotebook.main;

import io.camelnotebook.component.Claims;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code watch}: every route in {@code routes/}, until it is stopped. */
@Command(
        name = "watch",
        description = "Runs config files as they appear in a folder, until it is stopped.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    /** What is in the project's own {@code configs}: it is for {@code run}, and a watcher would move it away. */
    static final List<String> EXAMPLES = List.of("batch.json", "demo.yaml", "match.yaml");

    private static final String EXCLUDE = "notebook.watch.exclude";

    @Spec
    private CommandSpec command;

    @Option(names = "--configs", paramLabel = "DIR", description = "The folder to watch; configs by default.")
    private @Nullable Path configs;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Also takes configs that are posted to http://127.0.0.1:N/configs; see docs/messaging.md.")
    private @Nullable Integer port;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    private static Claims claims(Settings settings) throws IOException {
        try (Ledger ledger = Ledger.open(settings.ledger(), Clock.systemUTC())) {
            RunHistory history = ledger.history();
            return Claims.open(settings.configs(), history::endOf);
        }
    }

    /** Lets the watcher leave the examples alone where they are, unless somebody chose what to leave alone. Tells which it leaves. */
    private static String leaveExamples(Settings settings) throws IOException {
        if (!settings.text(EXCLUDE).isEmpty() || !settings.watchesOwnConfigs()) {
            return "";
        }
        settings.with(EXCLUDE, String.join(",", EXAMPLES));
        return "; its examples " + String.join(", ", EXAMPLES) + " are left alone, they are for 'run'";
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.load();
        if (configs != null) {
            settings.with("notebook.configs", configs);
        }
        if (port != null) {
            settings.with("notebook.http.port", port);
        }
        engine.applyTo(settings);
        String left = leaveExamples(settings);
        new EntranceSettings(settings).check();
        Console console = Console.of(command);
        try (Claims claims = claims(settings);
                Application application = new Application(
                        settings.with("notebook.watch.claims", claims.folder()), new ProgressLines(console, true));
                Interruption interruption = Interruption.cancelling(application::cancel)) {
            console.message("watching " + settings.configs() + "/, " + settings.kernels()
                    + " notebooks at a time; stop with Ctrl-C" + left);
            application.onScheduleMessage(console::message);
            application.run();
            return interruption.happened() ? ExitStatus.INTERRUPTED : ExitStatus.OK;
        }
    }
}
