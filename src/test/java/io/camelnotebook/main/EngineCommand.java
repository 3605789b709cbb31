package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts the program as it was built, with an archive of its classes to start sooner. */
final class EngineCommand {

    private EngineCommand() {}

    /**
     * With arguments, of which those that begin with {@code -D} or {@code -X} are for the JVM.
     *
     * @param directory the working directory, whose folder {@code ext} may hold jars
     */
    static List<String> of(Path directory, List<String> arguments) {
        Path jar = Path.of(property("test.jar")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:SharedArchiveFile=" + jar.resolveSibling("test-classes.jsa"),
                "-Xlog:cds*=off",
                "-Dcamel.notebook.home=" + Path.of("").toAbsolutePath()));
        arguments.stream().filter(EngineCommand::isForJvm).forEach(command::add);
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        jar.toString(),
                        jar.resolveSibling("lib") + "/*",
                        directory.resolve("ext").toAbsolutePath() + "/*"),
                CamelNotebook.class.getName()));
        arguments.stream().filter(argument -> !isForJvm(argument)).forEach(command::add);
        return command;
    }

    /** The Python with the tests' kernels. */
    static Path python() {
        return Path.of(property("test.python")).toAbsolutePath();
    }

    private static boolean isForJvm(String argument) {
        return argument.startsWith("-D") || argument.startsWith("-X");
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertThat(value).as("system property " + name).isNotNull();
        return value;
    }
}
