package io.camelnotebook.main;

import io.camelnotebook.kernel.StartMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How kernels are to be started, where the command line says otherwise than the settings. */
final class KernelStartOption {

    @Option(
            names = "--kernel-start",
            paramLabel = "fork|warm|fresh",
            description = "How kernels are started where they can be; fork by default.")
    private @Nullable StartMode kernelStart;

    void applyTo(Settings settings) {
        if (kernelStart != null) {
            settings.with("notebook.kernel-start", kernelStart.jsonName());
        }
    }
}
