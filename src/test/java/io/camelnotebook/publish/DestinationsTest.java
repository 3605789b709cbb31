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
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestinationsTest {

    private static final Properties SETTINGS = new Properties();

    static {
        SETTINGS.put("notebook.destination.lab", "sftp:lab.example.org/in?passiveMode=true");
        SETTINGS.put("notebook.destination.lab.username", "ann");
        SETTINGS.put("notebook.destination.lab.password", "{{env:PATH}}");
        SETTINGS.put("notebook.destination.events", "seda:events");
        SETTINGS.put("notebook.destination.web", "https://example.org/runs");
        SETTINGS.put("notebook.destination.web.authPassword", "{{env:PATH}}");
        SETTINGS.put("notebook.destination.unset", "seda:x");
        SETTINGS.put("notebook.destination.unset.size", "{{env:CAMEL_NOTEBOOK_NOT_SET}}");
        SETTINGS.put("notebook.destination.nofile", "seda:x");
        SETTINGS.put("notebook.destination.nofile.size", "{{file:/not/there}}");
    }

    private final Path folder;
    private final Destinations destinations = new Destinations(
            Set.of("file", "seda", "pulsar", "plusar", "scp"),
            "notebook.publish.schemes",
            new NamedDestinations(SETTINGS));

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

    @Test
    void aNameOfTheSettingsIsFineWhateverItsScheme() {
        Destinations onlyNames =
                new Destinations(Set.of(), "notebook.publish.schemes", new NamedDestinations(SETTINGS));

        assertThat(onlyNames.problem("events")).isEmpty();
        assertThat(onlyNames.problem("seda:events")).isPresent();
    }

    @Test
    void aNameThatTheSettingsLackIsRefusedWithThoseThatTheyHave() {
        assertThat(destinations.problem("evenst"))
                .contains("there is no destination 'evenst'; there are: events, lab, nofile, unset, web; set"
                        + " notebook.destination.evenst to its URI in application.properties");
    }

    @Test
    void aSecretThatIsNotWhereTheSettingsTakeItFromIsToldBeforeAnythingRuns() {
        assertThat(destinations.problem("unset"))
                .contains("the setting notebook.destination.unset.size takes its value from the environment variable"
                        + " CAMEL_NOTEBOOK_NOT_SET, and there is none");
        assertThat(destinations.problem("nofile"))
                .contains("the setting notebook.destination.nofile.size takes its value from the file /not/there, and"
                        + " there is none");
    }

    @Test
    void aNameIsSentToByItsUriInWhichCamelLooksUpTheSecrets() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("lab"))
                .extracting(Delivery::destination, Delivery::endpoint)
                .containsExactly(tuple(
                        "lab",
                        "sftp:lab.example.org/in?passiveMode=true"
                                + "&password=#property:notebook.destination.lab.password"
                                + "&username=#property:notebook.destination.lab.username"
                                + "&tempPrefix=.camel-notebook-"));
    }

    @Test
    void anOptionThatCamelsHttpComponentWouldNotLookUpIsRefused() {
        assertThat(destinations.problem("web"))
                .contains("Camel's HTTP component takes no option from a setting of its own, such as"
                        + " notebook.destination.web.authPassword");
    }
}
