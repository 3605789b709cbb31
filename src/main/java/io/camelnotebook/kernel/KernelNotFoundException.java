package io.camelnotebook.kernel;

import java.util.stream.Collectors;

/** No kernel has the name asked for. The message lists those found and says how to install one. */
public class KernelNotFoundException extends RuntimeException {
    KernelNotFoundException(String name, FoundKernels found) {
        super(describe(name, found));
    }

    private static String describe(String name, FoundKernels found) {
        StringBuilder text = new StringBuilder("No kernel is called '" + name + "'. ");
        if (found.specs().isEmpty()) {
            text.append("No kernel was found at all.");
        } else {
            text.append(found.specs().stream()
                    .map(spec -> "  " + spec.name() + " (" + spec.displayName() + ", from " + spec.origin() + ")")
                    .collect(Collectors.joining("\n", "Found:\n", "")));
        }
        if (!found.problems().isEmpty()) {
            text.append(found.problems().stream()
                    .map(problem -> "  " + problem.place() + ": " + problem.message())
                    .collect(Collectors.joining("\n", "\nNot usable:\n", "")));
        }
        if (found.specs().stream().noneMatch(spec -> spec.name().equals("python3"))) {
            text.append("\nThe kernel python3 is not installed, but made when a notebook asks for it.");
        }
        return text.append("\nName one of those found as the kernel, or install it. For a Python kernel: ")
                .append("`python3 -m pip install ipykernel && python3 -m ipykernel install --user --name ")
                .append(name)
                .append("`; for R on Debian or Ubuntu: `apt install r-cran-irkernel`; ")
                .append("for other languages see their kernel's own instructions.")
                .toString();
    }
}
