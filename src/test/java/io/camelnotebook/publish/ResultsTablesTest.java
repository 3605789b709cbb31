package io.camelnotebook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTablesTest {

    /** What each look at the clock takes, so what each writing of the table takes. */
    private static final long STEP = 1_000;

    private static final int SHARE = 100;

    private final Path table;
    private final Ledger ledger;
    private final Runs runs;
    private final String run;
    private final List<JobMessage> jobs;
    private long now;

    ResultsTablesTest(@TempDir Path folder) throws IOException {
        table = folder.resolve("p/results.csv");
        ledger = Ledger.open(folder.resolve("runs.db"), Clock.systemUTC());
        ResultsTables tables = new ResultsTables(ledger, folder, () -> now += STEP);
        runs = new Runs(ledger, folder, folder, 64, 64, 2, tables, Clock.systemUTC());
        Files.writeString(folder.resolve("n.ipynb"), "{}");
        Path config = Files.writeString(
                folder.resolve("p.yaml"),
                "jobs: {a: {notebook: n.ipynb, matrix: {x: {range: [0, 4]}}, label: \"l${matrix.x}\"}}");
        run = runs.start(
                new PipelineReader(folder, PipelineLimits.defaults(), PipelineCheck.NONE).read(config, Map.of()),
                RunOrigin.UNKNOWN);
        jobs = runs.next(run);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void end(int job) {
        runs.ended(JobMessages.succeeded(jobs.get(job), Map.of("y", JobMessages.NODES.numberNode(job))));
    }

    /** How many jobs the table says have succeeded. */
    private long succeeded() throws IOException {
        return Files.readAllLines(table).stream()
                .filter(row -> row.contains("," + JobState.SUCCEEDED.jsonName() + ","))
                .count();
    }

    @Test
    void theTableGrowsWithTheFirstJobAndHasARowForEach() throws IOException {
        end(0);

        assertThat(Files.readAllLines(table))
                .hasSize(5)
                .first()
                .isEqualTo("job,label,parameters.x,results.y,status,seconds,output");
        assertThat(succeeded()).isEqualTo(1);
    }

    @Test
    void itIsNotWrittenAgainBeforeAHundredTimesItsTimeIsOver() throws IOException {
        end(0);
        end(1);
        assertThat(succeeded()).isEqualTo(1);

        now += SHARE * STEP;
        end(2);
        assertThat(succeeded()).isEqualTo(3);
    }

    @Test
    void itIsWholeWhenTheRunEnds() throws IOException {
        for (int i = 0; i < jobs.size(); i++) {
            end(i);
        }
        jobs.forEach(runs::settled);

        assertThat(succeeded()).isEqualTo(4);
    }

    @Test
    void aTableThatCannotBeWrittenDoesNotStopTheRun() throws IOException {
        Files.createDirectories(table.resolve("in-its-place"));

        for (int i = 0; i < jobs.size(); i++) {
            end(i);
        }
        jobs.forEach(runs::settled);

        assertThat(ledger.jobs(run)).allMatch(job -> job.state() == JobState.SUCCEEDED);
    }
}
