package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosingTableTest {

    private final StringWriter out = new StringWriter();
    private final Console console = new Console(new PrintWriter(out), new PrintWriter(new StringWriter()));

    private static RunSummary run(int undelivered) {
        return new RunSummary(
                "20260101-000000-abcdef",
                "p",
                "p.yaml",
                RunState.SUCCEEDED,
                1,
                Map.of(JobState.SUCCEEDED, 1),
                1,
                undelivered,
                List.of(),
                0,
                null);
    }

    @Test
    void filesThatWereNotDeliveredAreCountedInWords() {
        ClosingTable table = new ClosingTable(console, false);
        table.runEnded(run(0));
        table.runEnded(run(1));
        table.runEnded(run(2));
        table.print();

        assertThat(out.toString())
                .contains("p: 1 succeeded in ", "1 succeeded, 1 file not delivered in ", "2 files not delivered in ");
    }

    @Test
    void ofSeveralRunsEachJobIsNamedWithItsPipeline() {
        ClosingTable alone = new ClosingTable(console, false);
        alone.jobNotRun(JobMessages.job("a"), JobState.SKIPPED, "why");
        alone.print();
        ClosingTable several = new ClosingTable(console, true);
        several.jobNotRun(JobMessages.job("a"), JobState.SKIPPED, "why");
        several.print();

        assertThat(out.toString())
                .containsPattern("(?m)^a +skipped")
                .containsPattern("(?m)^" + JobMessages.job("a").pipeline() + "/a +skipped");
    }
}
