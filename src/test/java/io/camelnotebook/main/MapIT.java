package io.camelnotebook.main;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a map, run by the real engine on real kernels. */
@Timeout(180)
class MapIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    MapIT(@TempDir Path directory) {
        this.directory = directory;
    }

    private Engine run(String map, String... cells) throws Exception {
        Notebooks.write(directory.resolve("n.ipynb"), cells);
        Files.writeString(directory.resolve("p.yaml"), "jobs:\n  a:\n    notebook: n.ipynb\n    map: " + map + "\n");
        return Engine.run(directory, "run", "p.yaml", "--progress", "json");
    }

    private static void succeeds(Engine engine) throws InterruptedException {
        assertThat(engine.exitStatus()).as(engine.err()).isZero();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("outputs/n/a/n_a_results.jsonl"));
    }

    private JsonNode record() throws IOException {
        return JSON.readTree(directory.resolve("outputs/n/a/n_a.json").toFile()).path("data");
    }

    @Test
    void eachItemOfAListGetsWhatTheFunctionReturnsInOrder() throws Exception {
        Engine engine = run("{function: f, over: [1, ü, [2, 3], {x: 4}]}", "def f(x):\n    return [x]");

        succeeds(engine);
        assertThat(engine.out().lines().filter(line -> line.contains("items_ended")))
                .first()
                .asString()
                .contains("\"items_ended\":0");

        assertThat(lines())
                .containsExactly(
                        "{\"index\": 0, \"value\": [1]}",
                        "{\"index\": 1, \"value\": [\"ü\"]}",
                        "{\"index\": 2, \"value\": [[2, 3]]}",
                        "{\"index\": 3, \"value\": [{\"x\": 4}]}");
        JsonNode results = record().path("results");
        assertThat(results.path("items").asInt()).isEqualTo(4);
        assertThat(results.path("failed").asInt()).isZero();
        assertThat(results.path("seconds").isNumber()).isTrue();
        assertThat(results.path("file").asText()).isEqualTo("outputs/n/a/n_a_results.jsonl");
        assertThat(directory.resolve("outputs/n/a")).isDirectoryNotContaining("glob:**_chunks");
    }

    @Test
    void noItemsAndOneAreMapsToo() throws Exception {
        succeeds(run("{function: f, over: []}", "def f(x):\n    return x"));
        assertThat(lines()).isEmpty();
        assertThat(record().path("status").asText()).isEqualTo("succeeded");

        succeeds(run("{function: f, over: {range: [7, 8]}}", "def f(x):\n    return x"));
        assertThat(lines()).containsExactly("{\"index\": 0, \"value\": 7}");
    }

    @Test
    void definitionsRunOnceInEachKernelAndTheExecutedNotebookIsThatOfTheFirst() throws Exception {
        succeeds(run(
                "{function: f, over: {range: [0, 60]}, chunk: 5}",
                "import os, time\nopen('kernels', 'a').write('x')",
                "def f(x):\n    time.sleep(0.01)\n    return os.getpid()"));

        long kernels = lines().stream()
                .map(line -> line.replaceFirst(".*value\": ", ""))
                .distinct()
                .count();
        assertThat(Files.readString(directory.resolve("kernels"))).hasSize((int) kernels);
        assertThat(kernels).isBetween(1L, (long) Runtime.getRuntime().availableProcessors());
        assertThat(lines()).hasSize(60);
        assertThat(record().path("cells")).hasSize(2);
    }

    @Test
    void anItemThatFailsIsRecordedWithItsTracebackAndTheOthersGoOn() throws Exception {
        Engine engine = run("{function: f, over: [1, 0, 2]}", "def f(x):\n    return 6 / x");

        succeeds(engine);
        JsonNode failed = JSON.readTree(lines().get(1));
        assertThat(failed.path("index").asInt()).isEqualTo(1);
        assertThat(failed.at("/error/ename").asText()).isEqualTo("ZeroDivisionError");
        assertThat(failed.at("/error/traceback").toString()).contains("return 6 / x");
        assertThat(lines().get(2)).isEqualTo("{\"index\": 2, \"value\": 3.0}");
        assertThat(record().path("results").path("failed").asInt()).isEqualTo(1);
        assertThat(record().path("warnings").get(0).asText()).startsWith("1 of 3 items failed");
    }

    @Test
    void onErrorStopEndsTheJobWithTheErrorOfTheItem() throws Exception {
        Engine engine = run(
                "{function: f, over: {range: [0, 1000]}, chunk: 10, on_error: stop}",
                "def f(x):\n    return 6 / (x - 17)");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(record().path("status").asText()).isEqualTo("failed");
        assertThat(record().at("/error/ename").asText()).isEqualTo("ZeroDivisionError");
        assertThat(record().at("/error/evalue").asText()).startsWith("item 17: ");
        assertThat(lines()).hasSizeLessThan(900);
    }

    @Test
    void anItemThatKillsItsKernelIsFoundAndTheOthersHaveTheirResults() throws Exception {
        Engine engine = run(
                "{function: f, over: {range: [0, 40]}, chunk: 20}\n    retries: {attempts: 2, delay: 0.1}",
                "import os, signal",
                "def f(x):\n    if x == 27:\n        os.kill(os.getpid(), signal.SIGKILL)\n    return x");

        succeeds(engine);
        assertThat(lines()).hasSize(40);
        for (int i = 0; i < 40; i++) {
            JsonNode line = JSON.readTree(lines().get(i));
            assertThat(line.path("index").asInt()).isEqualTo(i);
            assertThat(line.has("error")).isEqualTo(i == 27);
        }
        assertThat(JSON.readTree(lines().get(27)).at("/error/ename").asText()).isEqualTo("DeadKernel");
        assertThat(record().path("results").path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void aFunctionThatIsNotThereFailsTheJob() throws Exception {
        Engine engine = run("{function: similarty, over: [1]}", "def similarity(x):\n    return x");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(record().at("/error/ename").asText()).isEqualTo("NameError");
        assertThat(record().at("/error/evalue").asText()).contains("did you mean 'similarity'?");
        assertThat(engine.out() + engine.err())
                .contains("NameError: the notebook has no 'similarty'")
                .doesNotContain("camel_notebook_map");
    }

    @Test
    void aFileThatIsNotThereFailsTheJob() throws Exception {
        Engine engine = run("{function: f, over: {file: no.jsonl}}", "def f(x):\n    return x");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(record().at("/error/evalue").asText())
                .matches("the items of the map cannot be had: there is no file /.*/no\\.jsonl");
    }

    @Test
    void itemsMayBeResultsOfAnEarlierJobAndTheFileOfResultsIsOneItself() throws Exception {
        Notebooks.write(
                directory.resolve("make.ipynb"),
                "from camel_notebook import record\nrecord('pairs', [[1, 2], [3, 4]])");
        Notebooks.write(directory.resolve("n.ipynb"), "def f(a, b):\n    return a * b");
        Notebooks.write(
                directory.resolve("sum.ipynb"),
                "file = ''",
                "import json\nfrom camel_notebook import record\n"
                        + "record('sum', sum(json.loads(line)['value'] for line in open(file)))");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  make: {notebook: make.ipynb}
                  a:
                    notebook: n.ipynb
                    needs: make
                    map: {function: f, over: "${jobs.make.results.pairs}", unpack: true}
                  sum:
                    notebook: sum.ipynb
                    needs: a
                    parameters: {file: "${jobs.a.results.file}"}
                """);

        succeeds(Engine.run(directory, "run", "p.yaml"));

        JsonNode sum =
                JSON.readTree(directory.resolve("outputs/sum/sum/sum_sum.json").toFile());
        assertThat(sum.at("/data/results/sum").asInt()).isEqualTo(14);
    }

    @Test
    void theResultsAreThoseOfASequentialMapWhateverTheChunks() throws Exception {
        Files.writeString(
                directory.resolve("items.jsonl"),
                IntStream.range(0, 500)
                        .mapToObj(i -> "\"ä😀\\n" + i + "\"\n" + (i % 7 == 0 ? " \n" : ""))
                        .collect(joining()));
        Notebooks.write(directory.resolve("n.ipynb"), "def f(x):\n    return [x[::-1], int(x[3:])**2]");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  one: {notebook: n.ipynb, map: {function: f, over: {file: items.jsonl}, chunk: 1}}
                  seven: {notebook: n.ipynb, map: {function: f, over: {file: items.jsonl}, chunk: 7}}
                  all: {notebook: n.ipynb, map: {function: f, over: {file: items.jsonl}, chunk: 1000}}
                  auto:
                    notebook: n.ipynb
                    map: {function: f, over: {file: items.jsonl}}
                  unordered:
                    notebook: n.ipynb
                    map: {function: f, over: {file: items.jsonl}, chunk: 3, ordered: false}
                """);
        succeeds(Engine.run(directory, "run", "p.yaml"));

        List<String> expected = IntStream.range(0, 500)
                .mapToObj(i -> "{\"index\": " + i + ", \"value\": [\""
                        + new StringBuilder("ä😀\n" + i).reverse().toString().replace("\n", "\\n") + "\", " + i * i
                        + "]}")
                .toList();
        for (String job : List.of("one", "seven", "all", "auto")) {
            assertThat(results(job)).as(job).isEqualTo(expected);
        }
        assertThat(results("unordered")).containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<String> results(String label) throws IOException {
        return Files.readAllLines(directory.resolve("outputs/n/" + label + "/n_" + label + "_results.jsonl"));
    }

    @Test
    void aMillionLinesNeedNoMoreMemoryThanAFew() throws Exception {
        try (BufferedWriter lines = Files.newBufferedWriter(directory.resolve("items.jsonl"))) {
            for (int i = 0; i < 1_000_000; i++) {
                lines.write("{\"n\": " + i + ", \"text\": \"some text that makes it longer than a number\"}\n");
            }
        }
        Notebooks.write(directory.resolve("n.ipynb"), "def f(x):\n    return x['n'] + 1");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs:\n  a:\n    notebook: n.ipynb\n    map: {function: f, over: {file: items.jsonl}}\n");

        succeeds(Engine.run(directory, "-Xmx48m", "run", "p.yaml"));

        assertThat(record().path("results").path("items").asInt()).isEqualTo(1_000_000);
        try (Stream<String> lines = Files.lines(directory.resolve("outputs/n/a/n_a_results.jsonl"))) {
            long[] next = {0};
            assertThat(lines.allMatch(
                            line -> line.equals("{\"index\": " + next[0] + ", \"value\": " + ++next[0] + "}")))
                    .isTrue();
            assertThat(next[0]).isEqualTo(1_000_000);
        }
    }

    @Test
    void largeItemsAndResultsPassThroughNeitherTheEngineNorItsMessages() throws Exception {
        try (BufferedWriter lines = Files.newBufferedWriter(directory.resolve("items.jsonl"))) {
            for (int i = 0; i < 6; i++) {
                lines.write("\"" + "ö".repeat(5_000_000) + i + "\"\n");
            }
        }
        Notebooks.write(directory.resolve("n.ipynb"), "def f(x):\n    return x + '!'");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs:\n  a:\n    notebook: n.ipynb\n    map: {function: f, over: {file: items.jsonl}}\n");

        succeeds(Engine.run(directory, "-Xmx48m", "run", "p.yaml"));

        assertThat(lines()).hasSize(6);
        assertThat(lines().get(5)).hasSize(5_000_000 + 27).endsWith("ö5!\"}");
    }

    @Test
    void twoMapsSideBySideEachKeepTheirKernels() throws Exception {
        Notebooks.write(
                directory.resolve("n.ipynb"),
                "who = ''",
                "import time\nopen('kernels-' + who, 'a').write('x')",
                "def f(x):\n    time.sleep(0.005)\n    return who + str(x)");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  a: {notebook: n.ipynb, label: a, parameters: {who: a}, map: {function: f, over: {range: [0, 200]}, chunk: 10}}
                  b: {notebook: n.ipynb, label: b, parameters: {who: b}, map: {function: f, over: {range: [0, 200]}, chunk: 10}}
                """);

        succeeds(Engine.run(directory, "run", "-j", "2", "p.yaml"));

        for (String who : List.of("a", "b")) {
            assertThat(results(who)).hasSize(200).last().isEqualTo("{\"index\": 199, \"value\": \"" + who + "199\"}");
            assertThat(Files.readString(directory.resolve("kernels-" + who))).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void maxParallelBoundsChunksToo() throws Exception {
        Notebooks.write(
                directory.resolve("n.ipynb"),
                "import os, time",
                "def f(x):\n    open(f'in-{x}', 'w').close()\n    busy = [n for n in os.listdir() if n.startswith('in-')]\n"
                        + "    time.sleep(0.01)\n    os.remove(f'in-{x}')\n    return len(busy)");
        Files.writeString(
                directory.resolve("p.yaml"),
                "max_parallel: 1\njobs:\n  a:\n    notebook: n.ipynb\n"
                        + "    map: {function: f, over: {range: [0, 40]}, chunk: 3}\n");

        succeeds(Engine.run(directory, "run", "-j", "2", "p.yaml"));

        assertThat(lines()).hasSize(40).allSatisfy(line -> assertThat(line).endsWith("\"value\": 1}"));
    }

    @Test
    void anItemThatTakesTooLongIsItsOwnError() throws Exception {
        succeeds(run(
                "{function: f, over: {range: [0, 12]}, chunk: 4}\n    cell_timeout: 1",
                "import time",
                "def f(x):\n    if x == 5:\n        time.sleep(100)\n    return x"));

        assertThat(lines()).hasSize(12);
        assertThat(JSON.readTree(lines().get(5)).at("/error/ename").asText()).isEqualTo("TimeoutError");
        assertThat(record().path("results").path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void anItemThatHeedsNoInterruptIsEndedWithItsKernelAndIsItsOwnError() throws Exception {
        succeeds(run(
                "{function: f, over: [1, 2, 3], chunk: 1}\n    cell_timeout: 1",
                "import signal, time",
                "def f(x):\n    if x == 2:\n"
                        + "        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM, signal.SIGINT])\n"
                        + "        time.sleep(1000)\n    return x"));

        assertThat(lines()).hasSize(3);
        assertThat(JSON.readTree(lines().get(1)).at("/error/ename").asText()).isEqualTo("CellTimeout");
        assertThat(lines().get(2)).isEqualTo("{\"index\": 2, \"value\": 3}");
    }

    @Test
    void theDemoMatchesAllPairsOfTwoLists() throws Exception {
        Path project = Path.of("").toAbsolutePath();
        Files.createDirectory(directory.resolve("notebooks"));
        for (String name : List.of("make_customers", "match", "best_matches")) {
            Path notebook = Path.of("notebooks", name + ".ipynb");
            Files.copy(project.resolve(notebook), directory.resolve(notebook));
        }
        String config = Files.readString(project.resolve("configs/match.yaml"));
        // Which is prepared with packages from elsewhere; the notebooks need none.
        Files.writeString(directory.resolve("match.yaml"), config.replace("kernel: camel-notebook", "kernel: python3"));

        succeeds(Engine.run(directory, "run", "match.yaml"));

        JsonNode match = JSON.readTree(
                directory.resolve("outputs/match/match/match_match.json").toFile());
        assertThat(match.at("/data/results/items").asInt()).isEqualTo(900_000);
        assertThat(match.at("/data/results/failed").asInt()).isZero();
        JsonNode best = JSON.readTree(directory
                .resolve("outputs/best_matches/best_matches/best_matches_best_matches.json")
                .toFile());
        assertThat(best.at("/data/results/recall").asDouble()).isGreaterThan(0.8);
    }

    @Test
    void aKernelThatIsNotPythonsIsRefused() throws Exception {
        Path spec = Files.createDirectories(directory.resolve("kernels/other"));
        Files.writeString(
                spec.resolve("kernel.json"),
                "{\"argv\": [\"true\"], \"display_name\": \"Other\", \"language\": \"other\"}");
        Engine engine = run("{function: f, over: [1]}\n    kernel: other", "1");

        assertThat(engine.exitStatus()).isEqualTo(2);
        assertThat(engine.err()).contains("job 'a', field 'map': the kernel 'other' is of the language 'other'");
    }
}
