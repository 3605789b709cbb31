package io.camelnotebook.main;

import io.camelnotebook.execution.EngineVersion;
import io.camelnotebook.kernel.HeapShortage;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code camel-notebook COMMAND}. */
@Command(
        name = "camel-notebook",
        description = "Runs Jupyter notebooks in parallel, each in its own kernel process.",
        mixinStandardHelpOptions = true,
        versionProvider = CamelNotebook.Version.class,
        subcommands = {
            RunCommand.class,
            WatchCommand.class,
            SchedulesCommand.class,
            ExecuteCommand.class,
            InspectCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            PublishCommand.class,
            KernelsCommand.class
        })
public final class CamelNotebook implements Callable<Integer> {

    static {
        // Not by its default name at the root of the class path, where every application with our jar would find it.
        System.setProperty("logback.configurationFile", "io/camelnotebook/main/logback.xml");
    }

    @Spec
    private CommandSpec spec;

    private CamelNotebook() {}

    /** Runs a command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(CamelNotebook::endWithout);
        System.exit(commandLine().execute(args));
    }

    /**
     * Ends the JVM when a thread of ours or of a library has died for lack of memory: others may wait for it without end. What
     * has run is in the ledger, and kernels end with their engine.
     */
    private static void endWithout(Thread thread, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            System.err.println("camel-notebook: " + HeapShortage.description()
                    + "; what has ended is kept, and camel-notebook run --resume RUN goes on");
            Runtime.getRuntime().halt(ExitStatus.FAILED);
        }
        System.err.println(
                "camel-notebook: the thread " + thread.getName() + " has failed; please report it with what follows");
        failure.printStackTrace();
    }

    /** Without a command: says which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE;
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CamelNotebook())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A parameter's text may well begin with an @; it is not the name of a file with more arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(CamelNotebook::misused)
                .setExecutionExceptionHandler(new UserErrors());
        // As papermill reads its options: the last of two counts, and a value may look like an option.
        Objects.requireNonNull(commandLine.getSubcommands().get("execute"))
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true);
        return commandLine;
    }

    /** The whole usage would hide the one line that matters. */
    private static int misused(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("camel-notebook: " + error.getMessage());
        UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    /** The engine's version, for {@code --version}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"camel-notebook " + EngineVersion.get()};
        }
    }
}
