package io.camelnotebook.publish;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@code <outputs>/<pipeline>/results.csv}: a row for each job of the pipeline's last run. It is written again as
 * jobs end, whenever that takes no more than a hundredth of the time, and in any case when the run ends. Thread-safe.
 */
public final class ResultsTables implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(ResultsTables.class);
    private static final int SHARE_OF_TIME = 100;

    private final Ledger ledger;
    private final Path outputs;
    private final LongSupplier nanoTime;
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

    /**
     * Tables in an outputs folder.
     *
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public ResultsTables(Ledger ledger, Path outputs, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.outputs = outputs;
        this.nanoTime = nanoTime;
    }

    @Override
    public void jobEnded(JobResult result) {
        String run = result.job().run();
        long now = nanoTime.getAsLong();
        if (now - notBefore.getOrDefault(run, now) >= 0) {
            write(run, result.job().pipeline());
            long end = nanoTime.getAsLong();
            notBefore.put(run, end + SHARE_OF_TIME * (end - now));
        }
    }

    @Override
    public void runEnds(RunSummary run) {
        notBefore.remove(run.id());
        write(run.id(), run.pipeline());
    }

    private synchronized void write(String run, String pipeline) {
        List<Ledger.Entry> jobs = ledger.jobs(run);
        Path file = outputs.resolve(pipeline).resolve("results.csv");
        byte[] csv = ResultsTable.csv(jobs).getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(file, Durability.PROCESS_CRASH, out -> out.write(csv));
        } catch (IOException e) {
            LOG.warn("The table {} could not be written: {}", file, e.getMessage());
        }
    }
}
