package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash makes of our literals. */
class BashLiteralsIT {

    @Test
    void randomTextsAreWhatTheyWere(@TempDir Path folder) throws IOException, InterruptedException {
        RandomValues values = new RandomValues(5);
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            String text = values.text();
            script.append(ParameterLanguage.of("", "bash").cell(Map.of("x", TextNode.valueOf(text))))
                    .append("printf '%s\\0' \"$x\"\n");
            expected.append(text).append('\0');
        }
        Path file = Files.writeString(folder.resolve("script"), script);

        Process bash = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEqualTo(expected.toString());
        assertThat(bash.waitFor()).isZero();
    }
}
