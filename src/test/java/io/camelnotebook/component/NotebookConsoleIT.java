package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component's page of Camel's dev console, with real kernels. */
class NotebookConsoleIT {

    @Test
    void thePageSaysWhatWaitsAndWhatRuns(@TempDir Path folder) throws Exception {
        Path go = folder.resolve("go");
        Path notebook = CamelApplication.notebook(
                folder.resolve("n.ipynb"),
                "import time\nfrom pathlib import Path",
                "while not Path('" + go + "').exists():\n    time.sleep(0.05)");
        try (CamelApplication application = new CamelApplication(1)) {
            application.context().setDevConsole(true);
            application.context().start();
            CompletableFuture<Exchange> first =
                    application.template().asyncSend("notebook:" + notebook, exchange -> {});
            CompletableFuture<Exchange> second =
                    application.template().asyncSend("notebook:" + notebook, exchange -> {});
            DevConsole page = DevConsoleRegistry.get(application.context()).resolveById("notebook");

            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(page.call(DevConsole.MediaType.JSON, Map.of()))
                            .isEqualTo(
                                    Map.of("waiting", 1, "running", 1, "ending", 0, "slots", 1, "droppedEvents", 0L)));
            assertThat(page.call(DevConsole.MediaType.TEXT, Map.of()).toString())
                    .contains("waiting: 1\n");

            Files.createFile(go);
            assertThat(first.get(60, TimeUnit.SECONDS).getException()).isNull();
            assertThat(second.get(60, TimeUnit.SECONDS).getException()).isNull();
        }
    }
}
