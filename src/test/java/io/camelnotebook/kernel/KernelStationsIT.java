package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelStationsIT {

    @Test
    void theKeysOfAHostThatWasKilledDoNotStayBehind() throws IOException {
        Path left;
        try (KernelStations stations = new KernelStations(Path.of(System.getProperty("test.python")), 1)) {
            KernelStation first = stations.current();
            left = first.folder();
            ProcessHandle.of(first.host().pid()).orElseThrow().destroyForcibly();
            await().until(() -> !first.host().isAlive());
            assertThat(left).exists();
            assertThat(stations.current().folder()).isNotEqualTo(left).exists();
        }
        await().untilAsserted(() -> assertThat(left).doesNotExist());
    }
}
