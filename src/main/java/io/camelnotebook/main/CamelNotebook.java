package io.camelnotebook.main;

import io.camelnotebook.execution.EngineVersion;
import io.camelnotebook.kernel.HeapShortage;
import java.util.List;
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
        versionProvider = CamelNotebook.Version.class)
public final class CamelNotebook implements Callable<Integer> {

    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            WatchCommand.class,
            SchedulesCommand.class,
            ExecuteCommand.class,
            InspectCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            PublishCommand.class,
            KernelsCommand.class);

    @Spec
    private CommandSpec spec;

    private CamelNotebook() {}

    /** Runs a command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Thread.setDefaultUncaughtExceptionHandler(CamelNotebook::endWithout);
        CommandLog.start();
        System.exit(commandLine(args).execute(args));
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

    /** The commands that these arguments can be about. To look through all takes a tenth of the time of a short notebook. */
    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new CamelNotebook());
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        for (Class<?> command : named.isEmpty() ? COMMANDS : named) {
            commandLine.addSubcommand(command);
        }
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A parameter's text may well begin with an @; it is not the name of a file with more arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(CamelNotebook::misused)
                .setExecutionExceptionHandler(new UserErrors());
        // As papermill reads its options: the last of two counts, and a value may look like an option.
        CommandLine execute = commandLine.getSubcommands().get("execute");
        if (execute != null) {
            execute.setOverwrittenOptionsAllowed(true).setAllowOptionsAsOptionParameters(true);
        }
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
