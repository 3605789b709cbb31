package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelSpecTest {
    private static final Path CONNECTION = Path.of("/run/k.json");

    @Test
    void placeholdersAreReplaced() {
        KernelSpec spec = spec("ir", List.of("R", "-f={connection_file}", "{resource_dir}/run.R"), Map.of());
        assertThat(spec.command(CONNECTION)).containsExactly("R", "-f=/run/k.json", "/specs/ir/run.R");
    }

    @Test
    void pythonKernelsKeepTheirHistoryInMemory() {
        KernelSpec spec = spec("python3", List.of("python3", "{connection_file}"), Map.of());
        assertThat(spec.command(CONNECTION))
                .containsExactly("python3", "/run/k.json", "--HistoryManager.hist_file=:memory:");
    }

    @Test
    void aHistoryOptionOfTheSpecIsKept() {
        KernelSpec spec = spec("python3", List.of("python3", "--HistoryManager.hist_file=/h"), Map.of());
        assertThat(spec.command(CONNECTION)).containsExactly("python3", "--HistoryManager.hist_file=/h");
    }

    @Test
    void variablesInTheSpecsEnvironmentAreThoseOfTheBase() {
        KernelSpec spec = spec("x", List.of("x"), Map.of("PATH", "/x:${PATH}:$HOME", "COST", "5$$", "KEPT", "${NO}$1"));
        assertThat(spec.environment(Map.of("PATH", "/bin", "HOME", "/h$e", "LANG", "C")))
                .containsOnly(
                        Map.entry("PATH", "/x:/bin:/h$e"),
                        Map.entry("HOME", "/h$e"),
                        Map.entry("LANG", "C"),
                        Map.entry("COST", "5$"),
                        Map.entry("KEPT", "${NO}$1"));
    }

    private static KernelSpec spec(String name, List<String> argv, Map<String, String> env) {
        Optional<Path> directory = Optional.of(Path.of("/specs", name));
        return new KernelSpec(name, name, "", argv, env, InterruptMode.SIGNAL, directory, "here");
    }
}
