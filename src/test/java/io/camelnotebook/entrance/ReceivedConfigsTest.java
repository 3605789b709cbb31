package io.camelnotebook.entrance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedConfigsTest {

    private final Path configs;
    private final ReceivedConfigs received;

    ReceivedConfigsTest(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("n.ipynb"), "");
        configs = folder.resolve("configs");
        received = open(PipelineCheck.NONE);
    }

    private ReceivedConfigs open(PipelineCheck check) {
        PipelineReader reader = new PipelineReader(configs.resolveSibling(""), PipelineLimits.defaults(), check);
        return new ReceivedConfigs(configs, 1000, reader);
    }

    private static ReceivedMessage message(@Nullable String identity, @Nullable String name) {
        return new ReceivedMessage(
                "jms", identity, null, name, "c", "{\"jobs\": {\"a\": {\"notebook\": \"n.ipynb\"}}}".getBytes(UTF_8));
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(configs)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void aMessageThatIsDeliveredAgainIsKnownWhereverItsFileIsByNow() throws Exception {
        String file = received.accept(message("ID:1", "churn")).name().file();
        for (String place :
                List.of("", ".running/1/20260101-000000-000-", ".done/20260101-000000-000-", ".failed/x-")) {
            Path moved = configs.resolve(place + file);
            Files.createDirectories(moved.getParent());
            Files.move(configs.resolve(file), moved);
            received.accept(message("ID:1", "churn"));
            assertThat(stored()).hasSize(place.isEmpty() ? 1 : 0);
            Files.move(moved, configs.resolve(file));
        }
    }

    @Test
    void theFileSaysWhereItCameFromAndKeepsTheSendersIdUntilItIsForgotten() throws Exception {
        ReceivedName name = received.accept(message("ID:1", "Umsätze 1.yml")).name();

        assertThat(name.file()).matches("Umsätze 1~jms-[0-9a-f]{16}\\.yml");
        assertThat(name.authorsFile()).isEqualTo("Umsätze 1.yml");
        assertThat(ReceivedName.of(name.file())).contains(name);
        assertThat(open(PipelineCheck.NONE).correlation(name)).isEqualTo("c");
        received.forget(name);
        assertThat(received.correlation(name)).isEqualTo(name.id());
        assertThat(ReceivedName.of("churn.yaml")).isEmpty();
    }

    @Test
    void aCheckThatBreaksRefusesTheMessageInsteadOfStoppingAllAfterIt() {
        ReceivedConfigs broken = open((pipeline, report) -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> broken.accept(message(null, null)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("a bug");
    }

    @Test
    void aFolderThatCannotBeWrittenRefusesNothing() throws Exception {
        Files.writeString(configs, "a file where the folder should be");

        assertThatThrownBy(() -> received.accept(message(null, null))).isInstanceOf(IOException.class);
    }
}
