package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphDrawingTest {

    private final Path folder;

    GraphDrawingTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("n.ipynb"), "{}");
    }

    private Pipeline pipeline(String jobs) throws IOException {
        Path config = Files.writeString(folder.resolve("p.yaml"), "jobs:\n" + jobs.indent(2));
        return new PipelineReader(folder, PipelineLimits.defaults(), PipelineCheck.NONE).read(config, Map.of());
    }

    private String drawing(String jobs) throws IOException {
        return String.join("\n", new GraphDrawing(pipeline(jobs), 80).lines()) + "\n";
    }

    @Test
    void aSingleJobIsABox() throws IOException {
        assertThat(drawing("alone: {notebook: n.ipynb}")).isEqualTo("""
                ┌───────┐
                │ alone │
                └───────┘
                """);
    }

    @Test
    void aChainIsALineDown() throws IOException {
        assertThat(drawing("""
                a: {notebook: n.ipynb}
                b: {notebook: n.ipynb, needs: a}
                c: {notebook: n.ipynb, needs: b}
                """)).isEqualTo("""
                  ┌───┐
                  │ a │
                ┌─┴───┘
                │ ┌───┐
                └▶│ b │
                ┌─┴───┘
                │ ┌───┐
                └▶│ c │
                  └───┘
                """);
    }

    @Test
    void aDiamondOpensAndClosesAndAMatrixIsOneBox() throws IOException {
        assertThat(drawing("""
                prepare: {notebook: n.ipynb}
                train: {notebook: n.ipynb, needs: prepare, matrix: {seed: {range: [0, 10]}}}
                check: {notebook: n.ipynb, needs: prepare}
                report: {notebook: n.ipynb, needs: [train, check]}
                """)).isEqualTo("""
                    ┌─────────┐
                    │ prepare │
                  ┌─┴─────────┘
                  │ ┌───────────┐
                  ├▶│ train ×10 │
                ┌─│─┴───────────┘
                │ │ ┌───────┐
                │ └▶│ check │
                ├───┴───────┘
                │   ┌────────┐
                └──▶│ report │
                    └────────┘
                """);
    }

    @Test
    void manyJobsThatTheSameOnesNeedShareOneLine() throws IOException {
        StringBuilder jobs = new StringBuilder("start: {notebook: n.ipynb}\n");
        for (int i = 0; i < 30; i++) {
            jobs.append("job%d: {notebook: n.ipynb, needs: start}%n".formatted(i));
        }
        String all = IntStream.range(0, 30).mapToObj(i -> "job" + i).collect(Collectors.joining(", "));
        jobs.append(
                "one: {notebook: n.ipynb, needs: [%s]}%nother: {notebook: n.ipynb, needs: [%s]}%n".formatted(all, all));

        assertThat(drawing(jobs.toString())).contains("""
                │ ├▶│ job28 │
                ├─│─┴───────┘
                │ │ ┌───────┐
                │ └▶│ job29 │
                ├───┴───────┘
                │   ┌─────┐
                ├──▶│ one │
                │   └─────┘
                │   ┌───────┐
                └──▶│ other │
                    └───────┘
                """);
    }

    @Test
    void linesOfJobsThatOtherOnesNeedStayApart() throws IOException {
        assertThat(drawing("""
                a: {notebook: n.ipynb}
                b: {notebook: n.ipynb}
                c: {notebook: n.ipynb, needs: a}
                d: {notebook: n.ipynb, needs: [a, b]}
                """)).isEqualTo("""
                    ┌───┐
                    │ a │
                  ┌─┴───┘
                  │ ┌───┐
                  │ │ b │
                ┌─│─┴───┘
                │ │ ┌───┐
                │ ├▶│ c │
                │ │ └───┘
                │ │ ┌───┐
                └─┴▶│ d │
                    └───┘
                """);
    }

    @Test
    void aDrawingOfThirtyJobsFitsTheTerminal() throws IOException {
        StringBuilder jobs = new StringBuilder("start: {notebook: n.ipynb}\n");
        for (int i = 0; i < 28; i++) {
            String needs = i < 14 ? "start" : "job" + (i - 14);
            jobs.append("job%d: {notebook: n.ipynb, label: l%d, needs: %s}%n".formatted(i, i, needs));
        }
        jobs.append("end: {notebook: n.ipynb, needs: [")
                .append(String.join(", ", List.of("job14", "job20", "job27", "start")))
                .append("]}\n");

        List<String> lines = new GraphDrawing(pipeline(jobs.toString()), 80).lines();

        assertThat(lines).hasSize(90).allMatch(line -> line.length() <= 80);
    }

    @Test
    void longNamesAreCutAndAGraphThatIsTooWideSaysSo() throws IOException {
        assertThat(new GraphDrawing(pipeline("a_job_with_a_long_name: {notebook: n.ipynb}"), 16).lines())
                .contains("│ a_job_with_… │");
        assertThat(new GraphDrawing(pipeline("a: {notebook: n.ipynb}"), 10).lines())
                .containsExactly("(the graph needs 12 columns to be drawn, and there are 10)");
    }
}
