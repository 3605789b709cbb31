package io.camelnotebook.main;

import io.camelnotebook.execution.EngineVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: {@code camel-notebook COMMAND}. */
@Command(
        name = "camel-notebook",
        description = "Runs Jupyter notebooks in parallel, each in its own kernel process.",
        mixinStandardHelpOptions = true,
        versionProvider = CamelNotebook.Version.class,
        subcommands = {RunCommand.class, WatchCommand.class, ExecuteCommand.class, KernelsCommand.class})
public final class CamelNotebook {

    static {
        // Not by its default name at the root of the class path, where every application with our jar would find it.
        System.setProperty("logback.configurationFile", "io/camelnotebook/main/logback.xml");
    }

    private CamelNotebook() {}

    /** Runs a command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CamelNotebook())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new UserErrors());
    }

    /** The engine's version, for {@code --version}. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"camel-notebook " + EngineVersion.get()};
        }
    }
}
