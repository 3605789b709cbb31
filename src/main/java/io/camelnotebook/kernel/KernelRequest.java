package io.camelnotebook.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What kind of kernel is wanted, and where.
 *
 * @param spec which kernel
 * @param directory the kernel's working directory
 * @param environment variables beside those of the engine and of the spec; they win over both
 * @param startTimeout how long it may take until the kernel answers
 * @param memory the most bytes that the kernel and its child processes may have together; no limit if empty
 * @param imports the modules that the notebook is going to import, for a start that can do that ahead
 */
public record KernelRequest(
        KernelSpec spec,
        Path directory,
        Map<String, String> environment,
        Duration startTimeout,
        OptionalLong memory,
        Set<String> imports) {

    /** papermill's and nbclient's default. */
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);

    public KernelRequest {
        directory = directory.toAbsolutePath();
        imports = Set.copyOf(imports);
    }

    /** A request for a kernel without a limit of memory, of which nobody knows what it is going to import. */
    public KernelRequest(KernelSpec spec, Path directory, Map<String, String> environment, Duration startTimeout) {
        this(spec, directory, environment, startTimeout, OptionalLong.empty(), Set.of());
    }
}
