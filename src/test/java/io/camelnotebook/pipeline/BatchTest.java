package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

    private final ConfigFolder configs;

    BatchTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void aWholeEntryIsTheOneParameterOfItsJob() {
        Pipeline pipeline = configs.json("""
                {
                    "config_bank": {"notebook": "a.ipynb", "data_url": "data/bank.csv", "output_label": "bank"},
                    "config_wine": {"notebook": "a.ipynb", "needs": 5, "matrix": "mine", "x": "${not.one}", "y": "$${"}
                }
                """);

        assertThat(pipeline.name()).isEqualTo("x");
        assertThat(pipeline.size()).isEqualTo(2);
        Job bank = pipeline.job("config_bank").job(0);
        assertThat(bank.id()).isEqualTo("config_bank");
        assertThat(bank.label()).isEqualTo("bank");
        assertThat(bank.outputFolder()).isEqualTo("a/bank");
        assertThat(bank.outputName()).isEqualTo("a_bank");
        assertThat(bank.parameters())
                .hasToString("{\"config\":{\"notebook\":\"a.ipynb\",\"data_url\":\"data/bank.csv\","
                        + "\"output_label\":\"bank\"}}");
        Job wine = pipeline.job("config_wine").job(0);
        assertThat(wine.label()).isEqualTo("config_wine");
        assertThat(wine.needs()).isEmpty();
        assertThat(wine.isResolved()).isTrue();
        assertThat(wine.parameters())
                .hasToString("{\"config\":{\"notebook\":\"a.ipynb\",\"needs\":5,\"matrix\":\"mine\","
                        + "\"x\":\"${not.one}\",\"y\":\"$${\"}}");
    }

    @Test
    void settingsOfAPipelineAreDataInAnEntry() {
        Job job = configs.yaml("a: {notebook: a.ipynb, timeout: soon, retries: 7, kernel: ir}")
                .job("a")
                .job(0);

        assertThat(job.settings().timeout()).isEmpty();
        assertThat(job.settings().kernel()).isEmpty();
    }

    @Test
    void anEntryMayBeCalledLikeAKeyOfPipelines() {
        assertThat(configs.yaml("jobs: {notebook: a.ipynb}\nname: {notebook: b.ipynb}")
                        .jobs())
                .containsOnlyKeys("jobs", "name");
    }

    @Test
    void aPipelineMayHaveAJobCalledNotebook() {
        assertThat(configs.yaml("jobs: {notebook: {notebook: a.ipynb}}").jobs()).containsOnlyKeys("notebook");
    }

    @Test
    void anOutputLabelIsText() {
        assertThat(configs.yamlProblems("a: {notebook: a.ipynb, output_label: 5}"))
                .containsExactly("x.yaml:1:24: job 'a', field 'output_label': expected a text: the label of this"
                        + " entry, found the number 5");
    }
}
