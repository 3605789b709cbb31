package io.camelnotebook.kernel;

import java.util.List;

/**
 * What a search for kernels found, in the order in which it counts.
 *
 * @param specs the kernels, one for each name
 * @param problems what could not be used, and why
 */
public record FoundKernels(List<KernelSpec> specs, List<KernelProblem> problems) {
    public FoundKernels {
        specs = List.copyOf(specs);
        problems = List.copyOf(problems);
    }
}
