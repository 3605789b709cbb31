package io.camelnotebook.main;

import com.sun.management.OperatingSystemMXBean;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures what the engine itself costs for a job: from the config to the end of the run, through the routes as they stand,
 * with ledger, records and table, but with {@link NoKernel} in the place of notebooks. Prints CPU time of the JVM for each
 * job, and with {@code heap} as its argument the largest heap after a collection instead. With {@code fake} the notebook has
 * one cell, and each job a process of {@code fake_kernel.py}, by {@code test.python} and in a folder of {@code JUPYTER_PATH}.
 */
final class ScaleMeasurement {

    private static final int WARM_UP = Integer.getInteger("warm.up", 1_000);
    private static final int SAMPLES = 10;

    private final Path directory;
    private final boolean heap;
    private final boolean fake;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong largestHeap = new AtomicLong();
    private volatile int sampleEvery = Integer.MAX_VALUE;

    private ScaleMeasurement(Path directory, Set<String> arguments) {
        this.directory = directory;
        this.heap = arguments.contains("heap");
        this.fake = arguments.contains("fake");
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("scale");
        new ScaleMeasurement(directory, Set.of(arguments)).measure();
    }

    private void measure() throws IOException {
        if (fake) {
            Notebooks.write(directory.resolve("n.ipynb"), "x = 0");
            Notebooks.writeFakeKernelSpec(Path.of(System.getenv("JUPYTER_PATH")));
        } else {
            Files.writeString(directory.resolve("n.ipynb"), "{}");
        }
        Settings settings = Settings.load()
                .with("notebook.watch", false)
                .with("notebook.outputs", directory.resolve("outputs"))
                .with("camel.main.routes-include-pattern", "file:" + routes() + "/*.camel.yaml");
        RunListener sampling = new RunListener() {
            @Override
            public void jobEnded(JobResult result) {
                if (ended.incrementAndGet() % sampleEvery == 0) {
                    largestHeap.accumulateAndGet(usedHeap(), Math::max);
                }
            }
        };
        try (Application application = new Application(settings, sampling)) {
            application.start();
            run(application, "warm up", wide(WARM_UP));
            for (int jobs : new int[] {100, 1_000, 10_000}) {
                run(application, jobs + " jobs of a matrix", wide(jobs));
            }
            run(application, "10000 jobs of their own", separate(10_000, false));
            run(application, "a chain of 1000 jobs", separate(1_000, true));
        }
    }

    /** The project's routes, with no kernel behind them unless it is the fake one. */
    private Path routes() throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String text = Files.readString(file);
                if (!fake) {
                    text = text.replace(
                            "to: notebook:*", "process: {ref: \"#class:" + NoKernel.class.getName() + "\"}");
                }
                Files.writeString(routes.resolve(file.getFileName()), text);
            }
        }
        return routes;
    }

    private String kernel() {
        return fake ? "defaults: {kernel: fake}\n" : "";
    }

    private String wide(int jobs) {
        return kernel() + "jobs: {job: {notebook: n.ipynb, matrix: {x: {range: [0, " + jobs + "]}}}}";
    }

    private String separate(int jobs, boolean chained) {
        StringBuilder yaml = new StringBuilder(kernel()).append("jobs:\n");
        for (int i = 0; i < jobs; i++) {
            String needs = chained && i > 0 ? ", needs: j" + (i - 1) : "";
            yaml.append("  j")
                    .append(i)
                    .append(": {notebook: n.ipynb, parameters: {x: ")
                    .append(i)
                    .append("}");
            yaml.append(needs).append("}\n");
        }
        return yaml.toString();
    }

    private void run(Application application, String what, String yaml) throws IOException {
        Path config = Files.writeString(directory.resolve("p.yaml"), yaml);
        long cpuBefore = cpuNanos();
        Pipeline pipeline =
                new PipelineReader(directory, PipelineLimits.defaults(), PipelineCheck.NONE).read(config, Map.of());
        ended.set(0);
        largestHeap.set(0);
        sampleEvery = heap ? Math.max(1, pipeline.size() / SAMPLES) : Integer.MAX_VALUE;
        long start = System.nanoTime();
        RunSummary summary = application
                .submit(pipeline, new RunOrigin(null, null, Map.of()))
                .join();
        double milliseconds = (cpuNanos() - cpuBefore) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-26s %s  %7.2f ms CPU a job  %6.1f s%s%n",
                what,
                summary.state(),
                milliseconds / pipeline.size(),
                (System.nanoTime() - start) / 1e9,
                heap ? String.format(Locale.ROOT, "  heap %.1f MB", largestHeap.get() / 1e6) : "");
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
