package io.camelnotebook.main;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Only to be told with all others: the launcher has fetched them, since Java cannot add to its own class path. */
    @Option(
            names = "--dep",
            paramLabel = "ARTIFACT",
            description =
                    "Fetches a component of Camel, such as camel-ftp, or group:artifact:version, into ext/ by Maven,"
                            + " unless it is there. May be given more than once.")
    private List<String> dependencies = new ArrayList<>();

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
