package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamTest {

    private static final String RESULTS = "${jobs.a.results.x}";

    private final PipelineFolder configs;
    private Map<String, JsonNode> results = Map.of("x", JobMessages.NODES.numberNode(1));
    private String notebook = "n1";
    private String file = "f1";
    private String path = "/outputs/f.csv";

    UpstreamTest(@TempDir Path folder) {
        configs = new PipelineFolder(folder);
    }

    /** The checksum of a job that needs another and reads that of it. */
    private String checksum(String read) {
        JobOutputs.Files files = new JobOutputs.Files(false, List.of(new JobOutputs.Kept(path, file, 1)));
        Finished a = new Finished(
                "a", "a", JobState.SUCCEEDED, "/outputs/a.ipynb", Map.of(), results, notebook, Map.of("f", files));
        return new Upstream(template -> List.of(a))
                .checksum(configs.read("jobs: {a: {notebook: n.ipynb, outputs: {f: f.csv}}, b: {notebook: n.ipynb,"
                                + " needs: a, parameters: {p: \"" + read + "\"}}}")
                        .job("b"));
    }

    @Test
    void resultsAndFilesOfWhatAJobNeedsCountWhateverItReads() {
        String before = checksum(RESULTS);
        file = "f2";
        String otherFile = checksum(RESULTS);
        assertThat(otherFile).isNotEqualTo(before);

        results = Map.of("x", JobMessages.NODES.numberNode(2));
        assertThat(checksum(RESULTS)).isNotIn(before, otherFile);
    }

    @Test
    void theExecutedNotebookCountsOnlyWhereItIsRead() {
        String results = checksum(RESULTS);
        String output = checksum("${jobs.a.output}");

        notebook = "n2";
        assertThat(checksum(RESULTS)).isEqualTo(results);
        assertThat(checksum("${jobs.a.output}")).isNotEqualTo(output);
    }

    @Test
    void theOrderOfResultsAndThePlaceOfFilesDoNotCount() {
        Map<String, JsonNode> ordered = new LinkedHashMap<>();
        ordered.put("x", JobMessages.NODES.numberNode(1));
        ordered.put("y", JobMessages.NODES.nullNode());
        results = ordered;
        String before = checksum(RESULTS);

        Map<String, JsonNode> otherwise = new LinkedHashMap<>();
        otherwise.put("y", JobMessages.NODES.nullNode());
        otherwise.put("x", JobMessages.NODES.numberNode(1));
        results = otherwise;
        path = "/elsewhere/f.csv";
        assertThat(checksum(RESULTS)).isEqualTo(before);
    }
}
