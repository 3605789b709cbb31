package io.camelnotebook.publish;

import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelnotebook.run.JobMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationsTest {

    private final Path folder;
    private final Destinations destinations = new Destinations(Set.of("file", "seda", "pulsar", "plusar", "scp"));

    DestinationsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private List<Delivery> deliveries(String... publish) {
        return destinations.deliveries(succeeded(
                JobMessages.withOutput(
                        job("train", "train", 0, "train", Map.of(), List.of(publish)),
                        folder.resolve("n_x.ipynb").toString()),
                Map.of()));
    }

    private void leave(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), "{}");
        }
    }

    @Test
    void aSchemeThatIsAllowedAndHasAComponentIsFine() {
        assertThat(destinations.problem("file:shared/results")).isEmpty();
        assertThat(destinations.problem("FILE:shared/results")).isEmpty();
        assertThat(destinations.problem("seda:x")).isEmpty();
    }

    @Test
    void aSchemeThatIsNotAllowedIsRefusedWithTheSettingThatAllowsIt() {
        assertThat(destinations.problem("exec:rm?args=-rf"))
                .contains("destinations of scheme 'exec' are not allowed; allowed: file, plusar, pulsar, scp,"
                        + " seda;"
                        + " if it is meant, add it to notebook.publish.schemes in application.properties");
    }

    @Test
    void anAllowedSchemeWithoutAComponentIsRefusedWithTheOptionThatFetchesIt() {
        assertThat(destinations.problem("pulsar:runs"))
                .contains(
                        "the component for 'pulsar:' is not here; fetch it into ext/, once, by adding --dep camel-pulsar"
                                + " to the command: camel-notebook run … --dep camel-pulsar");
        // One whose artifact has another name.
        assertThat(destinations.problem("scp:host/in"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("--dep camel-jsch"));
    }

    @Test
    void aSchemeThatCamelDoesNotKnowIsSaidToBeSuch() {
        assertThat(destinations.problem("plusar:runs"))
                .contains(
                        "Camel has no component for 'plusar:'; check the spelling, or put the jar of your own component"
                                + " and what it needs into ext/");
    }

    @Test
    void aPathWithoutASchemeIsRefused() {
        assertThat(destinations.problem("shared/results")).isPresent();
    }

    @Test
    void aFolderGetsTheNotebookAndTheRecordUnderATemporaryNameFirst() throws IOException {
        leave("n_x.ipynb", "n_x.json");

        assertThat(deliveries("file:shared"))
                .extracting(Delivery::name, Delivery::endpoint, Delivery::destination)
                .containsExactly(
                        tuple("n_x.ipynb", "file:shared?tempPrefix=.camel-notebook-", "file:shared"),
                        tuple("n_x.json", "file:shared?tempPrefix=.camel-notebook-", "file:shared"));
    }

    @Test
    void optionsOfADestinationAreKept() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared?fileExist=Fail", "file:other?tempFileName=t"))
                .extracting(Delivery::endpoint)
                .containsExactly("file:shared?fileExist=Fail&tempPrefix=.camel-notebook-", "file:other?tempFileName=t");
    }

    @Test
    void whatIsNoStoreOfFilesGetsTheRecordAlone() throws IOException {
        leave("n_x.ipynb", "n_x.json");

        assertThat(deliveries("seda:results"))
                .extracting(Delivery::name, Delivery::endpoint)
                .containsExactly(tuple("n_x.json", "seda:results"));
    }

    @Test
    void aJobThatLeftNoNotebookSendsItsRecord() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared")).extracting(Delivery::name).containsExactly("n_x.json");
    }

    @Test
    void theIdOfTheEventIsThatOfTheRecord() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared")).extracting(Delivery::eventId).containsExactly("r/train/1");
    }
}
