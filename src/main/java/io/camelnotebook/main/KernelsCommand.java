package io.camelnotebook.main;

import io.camelnotebook.kernel.FoundKernels;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kernels}: the kernels of this machine. */
@Command(
        name = "kernels",
        description = "Lists the kernels of this machine, and what keeps others from being used.",
        mixinStandardHelpOptions = true)
final class KernelsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Console console = Console.of(command);
        try (LocalKernels kernels =
                new LocalKernels(List.of(), Settings.load().kernelStart(), 1, Clock.systemUTC(), console::message)) {
            FoundKernels found = kernels.specs().list();
            for (KernelSpec spec : found.specs()) {
                console.result(String.format(
                        Locale.ROOT,
                        "%-16s %-12s %-28s %s (%s)",
                        spec.name(),
                        spec.language(),
                        spec.displayName(),
                        spec.origin(),
                        kernels.plan(spec).description()));
            }
            if (found.specs().isEmpty()) {
                console.result("No kernels found; a Python kernel will be made when a notebook needs one.");
            }
            found.problems().forEach(problem -> console.message(problem.place() + " " + problem.message()));
            return ExitStatus.OK;
        }
    }
}
