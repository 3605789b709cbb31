package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that makes no sense ends the engine at its start: it says which one in a line, and no password. */
class StartFailuresIT {

    private final Path directory;

    StartFailuresIT(@TempDir Path directory) throws Exception {
        this.directory = directory;
        Files.createDirectories(directory.resolve("configs"));
    }

    /** What is told, of two lines, as the first one is that it watches. */
    private String told(String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("watch");
        Engine engine = Engine.run(directory, arguments.toArray(String[]::new));
        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(2);
        assertThat(engine.err().lines()).as(engine.err()).hasSizeLessThanOrEqualTo(2);
        return engine.err();
    }

    @Test
    void aPortThatAnotherProgramHas() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(told("-Dnotebook.http.port=" + other.getLocalPort()))
                    .contains("cannot listen on 127.0.0.1:" + other.getLocalPort(), "--port");
        }
    }

    @Test
    void theAddressOfABroker() throws Exception {
        assertThat(told("-Dnotebook.jms.queue=q", "-Dnotebook.jms.broker=artemis?trustStorePassword=gue55ed"))
                .contains("the setting notebook.jms.broker is 'artemis'; expected ", "tcp://")
                .doesNotContain("gue55ed");
    }

    @Test
    void aPasswordThatIsNotWhereTheSettingSays() throws Exception {
        assertThat(told("-Dnotebook.jms.queue=q", "-Dnotebook.jms.password={{env:NOT_THERE}}"))
                .contains("the setting notebook.jms.password cannot be filled in: ", "NOT_THERE");
        assertThat(told("-Dnotebook.jms.queue=q", "-Dnotebook.jms.password={{file:not-there}}"))
                .contains("the setting notebook.jms.password cannot be filled in: the file not-there");
    }

    @Test
    void anOptionThatAComponentDoesNotHave() throws Exception {
        assertThat(told("-Dnotebook.jms.queue=q", "-Dcamel.component.jms.pass-wort=gue55ed"))
                .contains("the setting camel.component.jms.pass-wort is not known")
                .doesNotContain("gue55ed");
    }

    @Test
    void aComponentThatIsNotThere() throws Exception {
        assertThat(told("-Dnotebook.jobs=nosuch:jobs")).contains("No endpoint could be found for: nosuch");
    }
}
