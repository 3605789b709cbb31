package io.camelnotebook.main;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an engine of many notebooks works, where the command line says otherwise than the settings. */
final class EngineOptions {

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many notebooks may run at once; the number of cores by default.")
    private @Nullable Integer jobs;

    @Option(names = "--outputs", paramLabel = "DIR", description = "The folder for executed notebooks.")
    private @Nullable Path outputs;

    @Mixin
    private KernelStartOption kernelStart = new KernelStartOption();

    void applyTo(Settings settings) {
        if (jobs != null) {
            settings.with("notebook.kernels", jobs);
        }
        if (outputs != null) {
            settings.with("notebook.outputs", outputs);
        }
        kernelStart.applyTo(settings);
    }
}
