package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Camel's health checks say of the component, with kernels that start and one that does not. */
class HealthIT {

    private static HealthCheck check(CamelApplication application) {
        return HealthCheckRegistry.get(application.context())
                .getCheck(NotebookHealthCheck.ID)
                .orElseThrow();
    }

    private static boolean isReady(CamelApplication application) {
        return HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(application.context()), true);
    }

    private static boolean isLive(CamelApplication application) {
        return HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeLiveness(application.context()), false);
    }

    @Test
    void anApplicationWhoseKernelsDoNotStartIsNotReadyUntilOneDoes(@TempDir Path folder) throws Exception {
        Path spec = Files.createDirectories(folder.resolve("kernels/broken"));
        Files.writeString(
                spec.resolve("kernel.json"),
                "{\"argv\": [\"sh\", \"-c\", \"echo no licence; exit 3\", \"{connection_file}\"], \"display_name\": \"B\", \"language\": \"python\"}");
        Path notebook = CamelApplication.notebook(folder.resolve("n.ipynb"), "x = 1");
        try (CamelApplication application = new CamelApplication(1, spec)) {
            application.context().start();
            HealthCheck check = check(application);
            assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

            for (int i = 1; i < KernelStarts.KEPT; i++) {
                application.send("notebook:" + notebook + "?kernel=broken", null, Map.of());
            }
            // A notebook that is not there says nothing of kernels.
            application.send("notebook:" + folder.resolve("absent.ipynb"), null, Map.of());
            assertThat(isReady(application)).isTrue();
            application.send("notebook:" + notebook + "?kernel=broken", null, Map.of());

            HealthCheck.Result down = check.call();
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage().orElseThrow())
                    .startsWith(
                            "none of the last 5 kernels started; the last one: kernel 'broken' ended while it started")
                    .doesNotContain("printed");
            assertThat(down.getDetails())
                    .containsEntry("kernel.start.failures", 5)
                    .containsEntry("kernel.start.failure.kernel", "broken")
                    .extractingByKey("kernel.start.failure.reason")
                    .asString()
                    .contains("kernel 'broken' ended while it started", "no licence");
            assertThat(isReady(application)).isFalse();
            assertThat(isLive(application)).isTrue();

            application.send("notebook:" + notebook, null, Map.of());

            assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(check.call().getDetails()).containsEntry("kernel.start.failures", 4);
            assertThat(isReady(application)).isTrue();
        }
    }

    @Test
    void ofAComponentThatIsStoppedOrACheckThatIsOffNothingIsKnown() {
        CamelApplication application = CamelApplication.started(1);
        HealthCheck check = check(application);

        check.setEnabled(false);
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        check.setEnabled(true);
        application.close();

        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        assertThat(check.call().getMessage()).contains("the notebook component is not started");
    }
}
