package io.camelnotebook.main;

import io.camelnotebook.component.Claims;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code watch}: every route in {@code routes/}, until it is stopped. */
@Command(
        name = "watch",
        description = "Runs config files as they appear in a folder, until it is stopped.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(names = "--configs", paramLabel = "DIR", description = "The folder to watch; configs by default.")
    private @Nullable Path configs;

    @Option(names = "--outputs", paramLabel = "DIR", description = "The folder for executed notebooks.")
    private @Nullable Path outputs;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many notebooks may run at once; the number of cores by default.")
    private @Nullable Integer jobs;

    @Option(
            names = "--kernel-start",
            paramLabel = "fork|warm|fresh",
            description = "How kernels are started where they can be; fork by default.")
    private @Nullable StartMode kernelStart;

    private static Claims claims(Settings settings) throws IOException {
        try (Ledger ledger = Ledger.open(settings.ledger(), Clock.systemUTC())) {
            RunHistory history = ledger.history();
            return Claims.open(settings.configs(), history::endOf);
        }
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.load();
        if (configs != null) {
            settings.with("notebook.configs", configs);
        }
        if (kernelStart != null) {
            settings.with("notebook.kernel-start", kernelStart.jsonName());
        }
        if (outputs != null) {
            settings.with("notebook.outputs", outputs);
        }
        if (jobs != null) {
            settings.with("notebook.kernels", jobs);
        }
        Console console = new Console(
                command.commandLine().getOut(), command.commandLine().getErr());
        try (Claims claims = claims(settings);
                Application application = new Application(
                        settings.with("notebook.watch.claims", claims.folder()), new ProgressLines(console));
                Interruption interruption = Interruption.cancelling(application::cancel)) {
            console.message("watching " + settings.configs() + "/, " + settings.kernels()
                    + " notebooks at a time; stop with Ctrl-C");
            application.onScheduleMessage(console::message);
            application.run();
            return interruption.happened() ? ExitStatus.INTERRUPTED : ExitStatus.OK;
        }
    }
}
