package io.camelnotebook.main;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: the parameters of a notebook. */
@Command(
        name = "inspect",
        description =
                "Shows the parameters of a notebook: name, type, default and help, from its cell tagged 'parameters'.",
        mixinStandardHelpOptions = true,
        versionProvider = CamelNotebook.Version.class)
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "NOTEBOOK", description = "The notebook, or '-' for the standard input.")
    private String notebook;

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(command);
        NotebookPaths.checkLocal(notebook, "NOTEBOOK");
        try (LocalKernels kernels =
                new LocalKernels(List.of(), StartMode.FRESH, 1, Clock.systemUTC(), console::message)) {
            NotebookParameters parameters = NotebookParameters.of(notebook, kernels);
            if (json) {
                console.result(parameters.json().toPrettyString());
            } else {
                parameters.lines().forEach(console::result);
            }
            return ExitStatus.OK;
        }
    }
}
