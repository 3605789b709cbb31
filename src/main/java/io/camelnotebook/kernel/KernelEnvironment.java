package io.camelnotebook.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables that kernels are started with: the engine's own, and what kernels side by side need.
 * Thread-safe.
 */
final class KernelEnvironment {

    /**
     * How numerical libraries are told how many threads to use. Each of them takes one for every core if nobody says
     * otherwise, so that kernels side by side would get in each other's way.
     */
    private static final List<String> COMPUTE_THREADS = List.of(
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "BLIS_NUM_THREADS");

    private static final String PYTHON_PATH = "PYTHONPATH";

    private final Map<String, String> base;

    /**
     * The environment for one of several kernels side by side.
     *
     * @param own the engine's own environment; what it says about threads stands
     * @param computeThreads how many threads a kernel should compute with
     * @param pythonModules the folder of the modules that every Python kernel can import
     */
    KernelEnvironment(Map<String, String> own, int computeThreads, Path pythonModules) {
        base = new HashMap<>(own);
        COMPUTE_THREADS.forEach(variable -> base.putIfAbsent(variable, Integer.toString(computeThreads)));
        base.merge(PYTHON_PATH, pythonModules.toString(), (users, ours) -> users + File.pathSeparator + ours);
    }

    /**
     * The environment of one kernel: what the request says wins over what its spec says, and that over ours.
     *
     * @param parent the process that the kernel is a child of
     */
    Map<String, String> of(KernelRequest request, long parent) {
        Map<String, String> environment = new HashMap<>(request.spec().environment(base));
        // A kernel that sees its parent change ends itself, should everything else have failed.
        environment.put("JPY_PARENT_PID", Long.toString(parent));
        environment.putAll(request.environment());
        return environment;
    }
}
