package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Camel's management server tells of the component, under camel-main and set by nothing but Camel's own properties. */
class ManagementServerIT {

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itServesMetricsAndHealthWithTheReasonWhenItIsDown(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(
                broken.resolve("kernel.json"),
                "{\"argv\": [\"/bin/false\", \"{connection_file}\"], \"display_name\": \"B\", \"language\": \"python\"}");
        NotebookComponent component = new NotebookComponent();
        component.useKernels(new LocalKernels(
                List.of(Path.of(System.getProperty("test.python")), broken),
                StartMode.FRESH,
                1,
                Clock.systemUTC(),
                message -> {}));
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("camel.management.enabled", "true");
        main.addInitialProperty("camel.management.host", "127.0.0.1");
        main.addInitialProperty("camel.management.port", String.valueOf(port));
        main.addInitialProperty("camel.management.health-check-enabled", "true");
        main.addInitialProperty("camel.management.metrics-enabled", "true");
        main.addInitialProperty("camel.metrics.enabled", "true");
        main.bind("notebook", component);
        try {
            main.start();
            Path notebook = CamelApplication.notebook(folder.resolve("n.ipynb"), "x = 1");
            main.getCamelTemplate().sendBody("notebook:" + notebook, null);

            assertThat(get(port, "/observe/metrics").body())
                    .containsPattern("camel_notebook_job_seconds_count\\{[^}]*outcome=\"succeeded\"[^}]*} 1")
                    .containsPattern("camel_notebook_kernel_start_seconds_count\\{[^}]*mode=\"fresh\"[^}]*} 1")
                    .containsPattern("camel_notebook_jobs_waiting\\{[^}]*} 0")
                    .containsPattern("camel_notebook_kernels\\{[^}]*state=\"running\"[^}]*} 0")
                    .containsPattern("camel_notebook_events_dropped_total\\{[^}]*} 0");
            assertThat(get(port, "/observe/health/ready").statusCode()).isEqualTo(200);

            for (int i = 0; i < KernelStarts.KEPT; i++) {
                main.getCamelTemplate().send("notebook:" + notebook + "?kernel=broken", exchange -> {});
            }

            HttpResponse<String> down = get(port, "/observe/health/ready");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body())
                    .contains("none of the last 5 kernels started", "kernel 'broken' ended while it started");
            assertThat(get(port, "/observe/health/live").statusCode()).isEqualTo(200);
        } finally {
            main.stop();
        }
    }
}
