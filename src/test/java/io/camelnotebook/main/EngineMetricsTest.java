package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.run.RunListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of the engine itself. */
class EngineMetricsTest {

    private static final List<MeterRegistry> METRICS = new CopyOnWriteArrayList<>();

    /** A registry as settings name one. */
    public static final class Kept extends SimpleMeterRegistry {

        /** Keeps itself for the test. */
        @SuppressWarnings("this-escape")
        public Kept() {
            METRICS.add(this);
        }
    }

    @Test
    void theyGoToTheRegistryThatTheSettingsName(@TempDir Path folder) {
        Settings settings = Settings.load()
                .with("notebook.outputs", folder)
                .with("notebook.configs", folder)
                .with("notebook.watch", false)
                .with("notebook.kernels", 3)
                .with("camel.beans.metricsRegistry", "#class:" + Kept.class.getName());

        try (Application application = new Application(settings, RunListener.NONE)) {
            application.start();

            assertThat(METRICS.get(0).get("camel.notebook.kernels.max").gauge().value())
                    .isEqualTo(3);
        }
    }
}
