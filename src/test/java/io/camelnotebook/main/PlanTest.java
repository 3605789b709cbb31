package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    @Test
    void ofManyNeedsTheFirstAreNamed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("n.ipynb"), "{}");
        String jobs = IntStream.range(0, 5)
                .mapToObj(i -> "  job" + i + ": {notebook: n.ipynb}\n")
                .collect(Collectors.joining());
        Path config = Files.writeString(
                folder.resolve("p.yaml"),
                "jobs:\n" + jobs + "  four: {notebook: n.ipynb, needs: [job0, job1, job2, job3]}\n"
                        + "  five: {notebook: n.ipynb, needs: [job0, job1, job2, job3, job4]}\n");
        Pipeline pipeline =
                new PipelineReader(folder, PipelineLimits.defaults(), PipelineCheck.NONE).read(config, Map.of());
        StringWriter out = new StringWriter();

        Plan.print(
                pipeline,
                Map.of(),
                Path.of("outputs"),
                new Console(new PrintWriter(out), new PrintWriter(new StringWriter())));

        assertThat(out.toString())
                .contains("JOB   AFTER                        OUTPUT\n")
                .contains("four  job0, job1, job2, job3       outputs/n/four/n_four.ipynb\n")
                .contains("five  job0, job1, job2 and 2 more  outputs/n/five/n_five.ipynb\n");
    }
}
