package io.camelnotebook.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables that kernels are started with: the engine's own, and what kernels side by side need.
 * Thread-safe.
 */
final class KernelEnvironment {

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
        ComputeThreads.variables(computeThreads).forEach(base::putIfAbsent);
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
