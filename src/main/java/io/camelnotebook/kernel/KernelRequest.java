package io.camelnotebook.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What kind of kernel is wanted, and where.
 *
 * @param spec which kernel
 * @param directory the kernel's working directory
 * @param environment variables beside those of the engine and of the spec; they win over both
 * @param startTimeout how long it may take until the kernel answers
 */
public record KernelRequest(KernelSpec spec, Path directory, Map<String, String> environment, Duration startTimeout) {

    /** papermill's and nbclient's default. */
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);
}
