package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kernels that wait for their notebooks, as processes. */
@Timeout(60)
class SpareKernelsIT {

    private static final String PYTHON = System.getProperty("test.python");
    private static final Path SCRIPT = Path.of("src/test/python/fake_kernel.py").toAbsolutePath();
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private Path folder;
    private KernelStations stations;
    private KernelStarter starter;
    private FreshKernelLauncher fresh;
    private final List<Long> ready = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        this.folder = folder;
        stations = new KernelStations(Path.of(PYTHON), 1);
        starter = new KernelStarter(Clock.systemUTC());
        fresh = new FreshKernelLauncher(stations, starter);
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private SpareKernels spares(int most, Duration idleLimit) {
        return new SpareKernels(most, idleLimit, request -> {
            Kernel kernel = fresh.start(request, KernelStart.as(StartMode.WARM));
            ready.add(kernel.pid());
            return kernel;
        });
    }

    private KernelRequest request(String... arguments) {
        List<String> argv = Stream.concat(
                        Stream.of(PYTHON, SCRIPT.toString(), "{connection_file}"), Stream.of(arguments))
                .toList();
        KernelSpec spec = new KernelSpec(
                "fake", "Fake", "python", argv, Map.of(), InterruptMode.SIGNAL, Optional.empty(), "the test");
        return new KernelRequest(spec, folder, Map.of(), Duration.ofSeconds(30));
    }

    private KernelRequest with(Map<String, String> environment) {
        return new KernelRequest(request().spec(), folder, environment, Duration.ofSeconds(30));
    }

    private static Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(SCRIPT.toString()));
    }

    @Test
    void aKernelIsGivenToOneNotebookThatWouldHaveGotTheSame() throws Exception {
        try (SpareKernels spares = spares(2, FOR_EVER)) {
            spares.add(request());
            assertThat(spares.take(with(Map.of("STAGE", "test")))).isEmpty();
            assertThat(spares.take(new KernelRequest(request().spec(), Path.of("/"), Map.of(), FOR_EVER)))
                    .isEmpty();
            assertThat(spares.take(request("--silent"))).isEmpty();
            try (Kernel kernel = spares.take(request()).orElseThrow().await()) {
                assertThat(kernel.start().description()).isEqualTo("warm");
                assertThat(kernel.info().implementation()).isNotEmpty();
            }
            assertThat(spares.take(request())).isEmpty();
        }
        await().until(() -> processes().findAny().isEmpty());
    }

    @Test
    void noKernelIsStartedForANotebookThatHasBegun() {
        try (SpareKernels spares = spares(2, FOR_EVER)) {
            spares.addFor(request(), () -> false);
            assertThat(spares.size()).isZero();
        }
    }

    @Test
    void theOldestMakesRoomAndEnds() throws Exception {
        try (SpareKernels spares = spares(1, FOR_EVER)) {
            AtomicBoolean wait = new AtomicBoolean(true);
            spares.addFor(with(Map.of("N", "1")), wait::get);
            spares.addFor(with(Map.of("N", "2")), wait::get);
            assertThat(spares.size()).isOne();
            wait.set(false);
            assertThat(spares.take(with(Map.of("N", "1")))).isEmpty();
            spares.take(with(Map.of("N", "2"))).orElseThrow().await().close();
        }
        await().until(() -> processes().findAny().isEmpty());
    }

    @Test
    void oneWhoseNotebookIsJustBeginningIsKeptForIt() throws Exception {
        try (SpareKernels spares = spares(1, FOR_EVER)) {
            AtomicBoolean waits = new AtomicBoolean(true);
            spares.addFor(with(Map.of("N", "1")), waits::get);
            assertThat(spares.take(with(Map.of("N", "1"))))
                    .as("it is another's")
                    .isEmpty();
            waits.set(false);
            spares.addFor(with(Map.of("N", "2")), () -> true);
            assertThat(spares.size()).isEqualTo(2);
            spares.take(with(Map.of("N", "1"))).orElseThrow().await().close();
        }
    }

    @Test
    void aKernelThatNobodyTakesEnds() {
        try (SpareKernels spares = spares(2, Duration.ofMillis(200))) {
            spares.add(request());
            await().until(() -> processes().findAny().isPresent());
            await().until(() -> spares.size() == 0 && processes().findAny().isEmpty());
        }
    }

    @Test
    void aKernelThatDiesWhileItWaitsIsReplacedOnce() throws Exception {
        try (SpareKernels spares = spares(1, FOR_EVER)) {
            spares.add(request());
            await().until(() -> ready.size() == 1);
            ProcessHandle.of(ready.get(0)).orElseThrow().destroyForcibly();
            await().until(() -> ready.size() == 2);
            assertThat(spares.size()).isOne();
            ProcessHandle.of(ready.get(1)).orElseThrow().destroyForcibly();
            await().until(() -> spares.size() == 0 && processes().findAny().isEmpty());
            assertThat(ready).hasSize(2);
        }
    }

    @Test
    void aKernelThatCannotStartSaysWhy() {
        try (SpareKernels spares = spares(1, FOR_EVER)) {
            KernelRequest nowhere = new KernelRequest(request().spec(), folder.resolve("no"), Map.of(), FOR_EVER);
            spares.add(nowhere);
            SpareKernel spare = spares.take(nowhere).orElseThrow();
            assertThatThrownBy(spare::await)
                    .isInstanceOf(KernelStartException.class)
                    .hasMessageContaining("the kernel started ahead did not come up")
                    .hasMessageContaining("cannot enter the working directory");
        }
    }

    @Test
    void closingEndsThoseThatStartAndThoseThatWait() {
        SpareKernels spares = spares(2, FOR_EVER);
        spares.add(request());
        await().until(() -> processes().findAny().isPresent());
        spares.add(with(Map.of("N", "2")));
        spares.add(with(Map.of("N", "3")));
        assertThat(spares.size()).as("at most two").isEqualTo(2);
        spares.close();
        await().until(() -> processes().findAny().isEmpty());
        spares.add(request());
        assertThat(spares.size()).isZero();
    }
}
