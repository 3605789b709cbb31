package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelEnvironmentTest {

    private static final Path MODULES = Path.of("/modules");

    @Test
    void theRequestWinsOverTheSpecAndTheSpecOverOurs() {
        Map<String, String> environment = of(
                Map.of("A", "engine", "B", "engine", "C", "engine"),
                Map.of("B", "spec", "C", "spec"),
                Map.of("C", "request"));
        assertThat(environment)
                .containsEntry("A", "engine")
                .containsEntry("B", "spec")
                .containsEntry("C", "request");
    }

    @Test
    void aKernelComputesWithAsManyThreadsAsItIsGiven() {
        assertThat(of(Map.of(), Map.of(), Map.of()))
                .containsEntry("OMP_NUM_THREADS", "2")
                .containsEntry("OPENBLAS_NUM_THREADS", "2")
                .containsEntry("CAMEL_NOTEBOOK_THREADS", "2");
    }

    @Test
    void whatTheUserSaysAboutThreadsStands() {
        assertThat(of(Map.of("OMP_NUM_THREADS", "7"), Map.of(), Map.of())).containsEntry("OMP_NUM_THREADS", "7");
    }

    @Test
    void ourModulesComeAfterTheUsers() {
        assertThat(of(Map.of("PYTHONPATH", "/own"), Map.of(), Map.of()))
                .containsEntry("PYTHONPATH", "/own" + File.pathSeparator + "/modules");
        assertThat(of(Map.of(), Map.of(), Map.of())).containsEntry("PYTHONPATH", "/modules");
    }

    @Test
    void aKernelKnowsWhoseChildItIs() {
        assertThat(of(Map.of(), Map.of(), Map.of())).containsEntry("JPY_PARENT_PID", "42");
    }

    private static Map<String, String> of(
            Map<String, String> own, Map<String, String> ofSpec, Map<String, String> ofRequest) {
        KernelSpec spec = new KernelSpec(
                "k", "K", "python", List.of("python"), ofSpec, InterruptMode.SIGNAL, Optional.empty(), "a test");
        KernelRequest request = new KernelRequest(spec, Path.of("/"), ofRequest, KernelRequest.DEFAULT_START_TIMEOUT);
        return new KernelEnvironment(own, 2, MODULES).of(request, 42);
    }
}
