package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which an endpoint fails is an exception of its own, which says what a route needs to know. */
class EndpointFailuresIT {

    private static Path folder;
    private static CamelApplication application;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
        application = CamelApplication.started(2);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Path notebook(String name, String... cells) throws Exception {
        return CamelApplication.notebook(folder.resolve(name), cells);
    }

    private static <T extends NotebookException> T failure(Class<T> type, String uri, @Nullable Object body) {
        Exchange exchange = application.send(uri, body, Map.of());
        assertThat(exchange.getException()).isExactlyInstanceOf(type);
        return exchange.getException(type);
    }

    @Test
    void aCellThatFailsIsToldWithItsErrorAndTheNotebookThatShowsIt() throws Exception {
        Path notebook = notebook("cell.ipynb", "x = 1", "raise ValueError('no rows')");

        CellFailedException e = failure(CellFailedException.class, "notebook:" + notebook, null);

        assertThat(e.notebook()).isEqualTo(notebook.toString());
        assertThat(e.cell()).hasValue(1);
        assertThat(e.errorName()).isEqualTo("ValueError");
        assertThat(e.errorMessage()).isEqualTo("no rows");
        assertThat(e.traceback()).isNotEmpty();
        assertThat(e.kernel()).isEqualTo("python3");
        assertThat(e).hasMessageContaining(notebook + ": failed in cell 2: ValueError: no rows");
        assertThat(application
                        .context()
                        .getTypeConverter()
                        .convertTo(String.class, e.getExchange(), e.executedNotebook()))
                .contains("ValueError");
    }

    @Test
    void theFileOfAFailedNotebookIsNamed() throws Exception {
        Path output = folder.resolve("failed_executed.ipynb");

        CellFailedException e = failure(
                CellFailedException.class, "notebook:" + notebook("failed.ipynb", "1 / 0") + "?output=" + output, null);

        assertThat(e.output()).contains(output);
        assertThat(Files.readString(output)).contains("ZeroDivisionError");
    }

    @Test
    void aLimitOfTimeIsTold() throws Exception {
        Path notebook = notebook("slow.ipynb", "import time", "time.sleep(100)");

        NotebookTimeoutException cell =
                failure(NotebookTimeoutException.class, "notebook:" + notebook + "?cellTimeout=1s", null);
        NotebookTimeoutException whole =
                failure(NotebookTimeoutException.class, "notebook:" + notebook + "?timeout=1500", null);

        assertThat(cell.cell()).hasValue(1);
        assertThat(cell.errorName()).isEqualTo("CellTimeout");
        assertThat(cell).hasMessageContaining("time limit of 1 s");
        assertThat(whole).hasMessageContaining("time limit of 1.5 s");
    }

    @Test
    void aKernelThatDiesIsTold() throws Exception {
        KernelDiedException e = failure(
                KernelDiedException.class,
                "notebook:" + notebook("dies.ipynb", "import os", "os.kill(os.getpid(), 9)"),
                null);

        assertThat(e.cell()).hasValue(1);
        assertThat(e).hasMessageContaining("SIGKILL");
    }

    @Test
    void aKernelWithMoreMemoryThanAllowedIsToldApart() throws Exception {
        MemoryLimitException e = failure(
                MemoryLimitException.class,
                "notebook:" + notebook("big.ipynb", "import time", "x = bytearray(600_000_000)\ntime.sleep(60)")
                        + "?memory=300MB",
                null);

        assertThat(e).isInstanceOf(KernelDiedException.class).hasMessageContaining("may use 286.1 MiB");
    }

    @Test
    void aKernelThatIsNotThereIsTold() throws Exception {
        UnknownKernelException e = failure(
                UnknownKernelException.class, "notebook:" + notebook("k.ipynb", "x = 1") + "?kernel=klingon", null);

        assertThat(e).hasMessageContaining("No kernel is called 'klingon'").hasMessageContaining("python3");
    }

    @Test
    void aKernelThatDoesNotStartIsTold() throws Exception {
        ObjectNode spec = new ObjectMapper().createObjectNode();
        spec.put("display_name", "broken").put("language", "python");
        spec.putArray("argv").add("/bin/false").add("{connection_file}");
        Path kernel = Files.createDirectories(folder.resolve("kernels/broken"));
        Files.writeString(kernel.resolve("kernel.json"), spec.toString());
        try (CamelApplication broken = new CamelApplication(1, kernel)) {
            broken.context().start();

            Exchange exchange =
                    broken.send("notebook:" + notebook("b.ipynb", "x = 1") + "?kernel=broken", null, Map.of());

            assertThat(exchange.getException()).isExactlyInstanceOf(KernelStartFailedException.class);
            assertThat(exchange.getException(KernelStartFailedException.class).cell())
                    .isEmpty();
        }
    }

    @Test
    void aNotebookThatIsNotThereAndOneThatIsNoneAreToldApart() throws Exception {
        Path absent = folder.resolve("absent.ipynb");
        Path text = Files.writeString(folder.resolve("text.ipynb"), "once upon a time");

        assertThat(failure(UnreadableNotebookException.class, "notebook:" + absent, null))
                .hasMessageContaining(absent + ": there is no such notebook");
        failure(InvalidNotebookException.class, "notebook:" + text, null);
    }

    @Test
    void parametersThatTheNotebookCannotTakeAreTold() throws Exception {
        Path notebook = notebook("p.ipynb", "rows = 1");
        List<Object> bodies = List.of("once upon a time", "[1, 2]", "{\"rows\": }", "{} {}", new Object());

        for (Object body : bodies) {
            assertThat(failure(InvalidParametersException.class, "notebook:" + notebook, body))
                    .hasMessageContaining("bodyParameters=false");
        }
        assertThat(failure(InvalidParametersException.class, "notebook:" + notebook, Map.of("rows", new Object())))
                .hasMessageContaining("parameter 'rows' is a java.lang.Object");
        assertThat(failure(
                        InvalidParametersException.class,
                        "notebook:" + notebook + "?strictParameters=true",
                        Map.of("row", 2)))
                .hasMessageContaining("no parameter 'row', only: rows");
    }

    @Test
    void anOutputThatCannotBeWrittenIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        failure(
                OutputNotWrittenException.class,
                "notebook:" + notebook("o.ipynb", "x = 1") + "?output=" + file.resolve("out.ipynb"),
                null);
    }

    @Test
    void aNotebookIsCancelledWhenTheApplicationStops() throws Exception {
        Path begun = folder.resolve("begun");
        Path notebook = notebook(
                "long.ipynb",
                "from pathlib import Path\nimport time",
                "Path('" + begun + "').touch()\ntime.sleep(100)");
        CamelApplication stopping = CamelApplication.started(1);
        stopping.context().getShutdownStrategy().setTimeout(1);

        CompletableFuture<Exchange> sent = stopping.template().asyncSend("notebook:" + notebook, exchange -> {});
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(begun));
        stopping.component().stop();

        assertThat(sent.get(60, TimeUnit.SECONDS).getException()).isExactlyInstanceOf(NotebookCancelledException.class);
        stopping.close();
    }
}
