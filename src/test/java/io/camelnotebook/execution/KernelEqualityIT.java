package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.KernelTransport;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forked kernels, and those started ahead, give the answers of fresh ones; the questions are in {@code src/test/python/kernel_questions.py}. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelEqualityIT {

    private static final Path QUESTIONS = Path.of("src/test/python/kernel_questions.py");

    /** Addresses, process ids and the numbers of kernels differ between any two kernels. */
    private static final String OWN = "0x[0-9a-f]{6,}|ipykernel_\\d+|kernel-\\d+|camel-notebook-\\d+|pid=\\d+";

    private static final String LIBRARIES = "matplotlib|numpy|pandas|plt";
    private static final String LIBRARY_IMPORTS = "(?m)^import (matplotlib|numpy|pandas).*$|^print\\(matplotlib.*$";

    /** numpy adds filters for warnings about itself, and a printer for its functions. */
    private static final List<String> LISTINGS = List.of("warnings filters", "display formatters");

    /** Without ZeroMQ a kernel itself has fewer of these, but none that a fresh one has not. */
    private static final List<String> CARRIERS_OWN = List.of("open files", "threads");

    private static final String OVER_ZEROMQ = "fork: over ZeroMQ: that is the setting";
    private static final String OVER_SOCKET = "over a socket";

    private record Question(String title, String code) {}

    private final List<Question> questions = new ArrayList<>();
    private LocalKernels fresh;
    private LocalKernels fork;
    private LocalKernels forkOverZeroMq;
    private LocalKernels warm;

    @BeforeAll
    void open() throws IOException {
        String[] cells = Files.readString(QUESTIONS).split("(?m)^# %% ");
        Arrays.stream(cells)
                .skip(1)
                .map(cell -> cell.split("\n", 2))
                .forEach(cell -> questions.add(new Question(cell[0], cell[1].strip())));
        fresh = kernels(StartMode.FRESH, KernelTransport.ZMQ);
        fork = kernels(StartMode.FORK, KernelTransport.SOCKET);
        forkOverZeroMq = kernels(StartMode.FORK, KernelTransport.ZMQ);
        warm = kernels(StartMode.WARM, KernelTransport.ZMQ);
    }

    private static LocalKernels kernels(StartMode mode, KernelTransport transport) {
        Path python = Path.of(System.getProperty("test.python"));
        return new LocalKernels(List.of(python), mode, transport, 1, 1, Clock.systemUTC(), message -> {});
    }

    @AfterAll
    void close() {
        fresh.close();
        fork.close();
        forkOverZeroMq.close();
        warm.close();
    }

    @TestFactory
    List<DynamicTest> everyQuestionHasTheSameAnswer(@TempDir Path folder) throws Exception {
        ObjectNode[] cells = questions.stream().map(q -> cell(q.code())).toArray(ObjectNode[]::new);
        JsonNode expected = outputs(fresh, "fresh", folder, cells);
        List<DynamicTest> tests = new ArrayList<>();
        tests.addAll(comparisons(questions, expected, outputs(fork, "fork", folder, cells), OVER_SOCKET));
        tests.addAll(
                comparisons(questions, expected, outputs(forkOverZeroMq, OVER_ZEROMQ, folder, cells), "over ZeroMQ"));
        NotebookExecutor executor = new NotebookExecutor(warm, Clock.systemUTC());
        AtomicBoolean waits = new AtomicBoolean(true);
        executor.startNext(executor.prepare(new TestNotebooks(folder, "python3").request(cells)), waits::get);
        waits.set(false);
        tests.addAll(comparisons(questions, expected, outputs(warm, "warm", folder, cells), "started ahead"));
        return tests;
    }

    private static List<DynamicTest> comparisons(List<Question> asked, JsonNode expected, JsonNode actual, String how) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String title = asked.get(i).title();
            String fromFresh = comparable(expected.path(i));
            String fromFork = comparable(actual.path(i));
            tests.add(DynamicTest.dynamicTest(title + ", " + how, () -> {
                if (how.equals(OVER_SOCKET) && CARRIERS_OWN.contains(title)) {
                    assertThat(words(fromFresh)).containsAll(words(fromFork));
                } else {
                    assertThat(fromFork).isEqualTo(fromFresh);
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> librariesOfOtherNotebooksChangeNoAnswer(@TempDir Path folder) throws Exception {
        List<Question> asked = questions.stream()
                .map(question -> new Question(question.title(), question.code().replaceAll(LIBRARY_IMPORTS, "")))
                .filter(question -> !LISTINGS.contains(question.title()))
                .filter(question -> !question.code().matches("(?s).*\\b(" + LIBRARIES + ")\\b.*"))
                .toList();
        ObjectNode[] cells = asked.stream().map(q -> cell(q.code())).toArray(ObjectNode[]::new);
        JsonNode expected = outputs(fresh, "fresh", folder, cells);
        try (LocalKernels shared = kernels(StartMode.FORK, KernelTransport.SOCKET)) {
            expect(
                    shared,
                    new TestNotebooks(folder, "python3")
                            .request(cell("import numpy, pandas, pandas.plotting, matplotlib.pyplot")));
            JsonNode loaded = outputs(
                    shared,
                    "fork",
                    folder,
                    cell("import sys; print({'numpy', 'pandas', 'matplotlib.pyplot'} <= set(sys.modules))"));
            assertThat(comparable(loaded.path(0))).isEqualTo("True\n");
            return comparisons(asked, expected, outputs(shared, "fork", folder, cells), OVER_SOCKET);
        }
    }

    private static void expect(LocalKernels kernels, ExecutionRequest request) throws PreparationException {
        NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());
        executor.expect(executor.prepare(request));
    }

    @Test
    void notebooksShareAServerThatGrowsWithWhatTheyImport(@TempDir Path folder) throws Exception {
        try (LocalKernels shared = kernels(StartMode.FORK, KernelTransport.SOCKET)) {
            String small = server(shared, folder, "import json");
            assertThat(server(shared, folder, "import csv")).isEqualTo(small);
            server(shared, folder, "import numpy");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !server(shared, folder, "import json").equals(small));
            assertThat(server(shared, folder, "import numpy")).isEqualTo(server(shared, folder, "import json"));
        }
    }

    @Test
    void notebooksThatAreExpectedShareAServerFromTheBeginning(@TempDir Path folder) throws Exception {
        try (LocalKernels shared = kernels(StartMode.FORK, KernelTransport.SOCKET)) {
            Files.writeString(folder.resolve("helpers.py"), "answer = 42");
            for (String code : List.of("import numpy", "import matplotlib", "import helpers")) {
                expect(shared, new TestNotebooks(folder, "python3").request(cell(code)));
            }
            shared.startAhead();
            assertThat(List.of(
                            server(shared, folder, "import matplotlib"),
                            server(shared, folder, "import helpers"),
                            server(shared, folder, "import numpy")))
                    .containsOnly(server(shared, folder, "import json"));
        }
    }

    @Test
    void aLibraryThatOthersCouldTellIsLoadedOnlyForThoseThatImportIt(@TempDir Path folder) throws Exception {
        try (LocalKernels shared = kernels(StartMode.FORK, KernelTransport.SOCKET)) {
            String apart = server(shared, folder, "import nbformat");
            assertThat(server(shared, folder, "import json")).isNotEqualTo(apart);
            assertThat(server(shared, folder, "import nbformat")).isEqualTo(apart);
        }
    }

    /** The process id of the server that a kernel was forked from. */
    private static String server(LocalKernels kernels, Path folder, String imports) throws Exception {
        return comparable(outputs(kernels, "fork", folder, cell(imports + "\nimport os; print(os.getppid())"))
                .path(0));
    }

    /** Which of two streams is heard first is anybody's guess. */
    private static String comparable(JsonNode cell) {
        StringBuilder streams = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (String name : List.of("stdout", "stderr")) {
            cell.path("outputs").forEach(output -> {
                if (output.path("name").asText().equals(name)) {
                    streams.append(TestNotebooks.text(output.path("text")));
                }
            });
        }
        cell.path("outputs").forEach(output -> {
            if (!output.has("name")) {
                others.append(output.toPrettyString());
            }
        });
        return (streams + others.toString()).replaceAll(OWN, "…");
    }

    private static List<String> words(String answer) {
        return List.of(answer.split("[\\s\\[\\],']+"));
    }

    private static JsonNode outputs(LocalKernels kernels, String start, Path folder, ObjectNode... cells)
            throws Exception {
        ExecutionOptions allowErrors = new ExecutionOptions(
                Optional.empty(), Optional.empty(), true, Duration.ofSeconds(10), Duration.ofSeconds(10));
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        ExecutionResult result = execute(kernels, with(notebooks.request(cells), allowErrors));
        assertThat(result.kernelStart().orElseThrow().description()).isEqualTo(start);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        return notebooks.executed().path("cells");
    }

    private static ExecutionResult execute(LocalKernels kernels, ExecutionRequest request) throws Exception {
        NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, new Cancellation());
    }

    @Test
    void whatIsDueAtTheExitIsDoneInTheSameOrder(@TempDir Path folder) throws Exception {
        String code = """
                import atexit, logging, multiprocessing
                def note(text):
                    with open("exits", "a") as file:
                        file.write(text + "\\n")
                atexit.register(note, "first registered")
                atexit.register(note, "last registered")
                class Held:
                    def __del__(self, note=note):
                        note("collected")
                held = Held()
                """;
        List<String> exits = new ArrayList<>();
        for (LocalKernels kernels : List.of(fresh, fork, forkOverZeroMq)) {
            execute(kernels, new TestNotebooks(folder, "python3").request(cell(code)));
            exits.add(Files.readString(folder.resolve("exits")));
            Files.delete(folder.resolve("exits"));
        }
        assertThat(exits.get(0)).contains("last registered\nfirst registered\n", "collected");
        assertThat(exits).containsOnly(exits.get(0));
    }

    @Test
    void whatANotebookLeavesRunningEndsWithItsForkAndAtOnce(@TempDir Path folder) throws Exception {
        String code = """
                import atexit, signal, subprocess
                atexit.register(lambda: open("exits", "w").write("done"))
                left = subprocess.Popen(["sh", "-c", "trap 'echo > heeded; exit' TERM; while :; do sleep 0.05; done"])
                deaf = subprocess.Popen(["sh", "-c", "trap '' TERM; exec sleep 1000"])
                import time; time.sleep(0.3)
                print(left.pid, deaf.pid)
                """;
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        AtomicLong written = new AtomicLong();
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void written() {
                written.set(System.nanoTime());
            }
        };
        NotebookExecutor executor = new NotebookExecutor(fork, Clock.systemUTC());
        ExecutionResult result =
                executor.execute(executor.prepare(notebooks.request(cell(code))), listener, new Cancellation());
        Duration end = Duration.ofNanos(System.nanoTime() - written.get());
        assertThat(result.exit().orElseThrow().description()).contains("0");
        assertThat(end).isLessThan(Duration.ofSeconds(4));
        assertThat(folder.resolve("exits")).hasContent("done");
        assertThat(folder.resolve("heeded")).exists();
        String[] pids = TestNotebooks.text(notebooks.executed().at("/cells/0/outputs/0/text"))
                .strip()
                .split(" ");
        await().until(() -> Arrays.stream(pids).noneMatch(pid -> Files.exists(Path.of("/proc", pid))));
    }

    @Test
    void deathsAreTheSame(@TempDir Path folder) throws Exception {
        List<String> deaths = List.of(
                "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
                "import ctypes; ctypes.string_at(0)",
                "import os; os._exit(3)",
                "import os; os.abort()");
        for (String death : deaths) {
            TestNotebooks notebooks = new TestNotebooks(folder, "python3");
            ExecutionRequest request = notebooks.request(cell(death));
            ExecutionResult expected = execute(fresh, request);
            ExecutionResult actual = execute(fork, request);
            assertThat(actual.kernelStart().orElseThrow().mode()).isEqualTo(StartMode.FORK);
            assertThat(actual.outcome())
                    .as(death)
                    .isEqualTo(Outcome.KERNEL_DIED)
                    .isEqualTo(expected.outcome());
            assertThat(actual.exit().orElseThrow().description())
                    .isEqualTo(expected.exit().orElseThrow().description());
        }
    }

    @Test
    void anInterruptEndsACellThatRunsTooLong(@TempDir Path folder) throws Exception {
        ExecutionOptions limits = new ExecutionOptions(
                Optional.empty(),
                Optional.of(Duration.ofSeconds(2)),
                false,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
        for (LocalKernels kernels : List.of(fresh, fork, forkOverZeroMq)) {
            TestNotebooks notebooks = new TestNotebooks(folder, "python3");
            ExecutionResult result =
                    execute(kernels, with(notebooks.request(cell("import time; time.sleep(1000)")), limits));
            assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(notebooks.executed().at("/cells/1/outputs/0/ename").asText()
                            + notebooks
                                    .executed()
                                    .at("/cells/2/outputs/0/ename")
                                    .asText())
                    .contains("KeyboardInterrupt");
        }
    }

    @Test
    void variablesOfTheJobReachTheFork(@TempDir Path folder) throws Exception {
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        ExecutionRequest request = with(
                notebooks.request(cell("import os; print(os.environ['STAGE'])")), Map.of(), Map.of("STAGE", "test"));
        ExecutionResult result = execute(fork, request);
        assertThat(result.kernelStart().orElseThrow().description()).isEqualTo("fork");
        assertThat(TestNotebooks.text(notebooks.executed().at("/cells/0/outputs/0/text")))
                .isEqualTo("test\n");
    }

    @Test
    void aFileThatTakesThePlaceOfALoadedLibraryIsAReasonForAFreshStart(@TempDir Path folder) throws Exception {
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        Files.writeString(folder.resolve("pandas.py"), "DataFrame = 'mine'");
        ExecutionResult result;
        try (LocalKernels kernels = kernels(StartMode.FORK, KernelTransport.SOCKET)) {
            result = execute(kernels, notebooks.request(cell("import pandas\nprint(pandas.DataFrame)")));
        }
        assertThat(result.kernelStart().orElseThrow().description())
                .startsWith("fresh: ")
                .contains("pandas.py in the working directory");
        assertThat(TestNotebooks.text(notebooks.executed().at("/cells/0/outputs/0/text")))
                .isEqualTo("mine\n");
    }

    @Test
    void aForkServerThatDoesNotStartCostsNobodyTheirKernel(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("sitecustomize.py"), """
                import os
                with open("/proc/self/cmdline") as file:
                    if "fork_server.py" in file.read():
                        with open(os.environ["PYTHONPATH"] + "/tries", "a") as tries:
                            tries.write("x")
                        os.write(2, b"no server today")
                        os._exit(9)
                """);
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        ExecutionRequest request =
                with(notebooks.request(cell("print(1)")), Map.of(), Map.of("PYTHONPATH", folder.toString()));
        for (int i = 0; i < 2; i++) {
            ExecutionResult result = execute(fork, request);
            assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(result.kernelStart().orElseThrow().description())
                    .startsWith("fresh: the fork server did not start")
                    .contains("status 9", "no server today");
        }
        assertThat(folder.resolve("tries")).hasContent("x");
    }
}
