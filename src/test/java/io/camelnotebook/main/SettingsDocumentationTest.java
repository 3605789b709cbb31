package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation of the settings has all of them, with the defaults that they have. */
class SettingsDocumentationTest {

    static Stream<String> settings() throws IOException {
        return defaults().stringPropertyNames().stream().sorted();
    }

    private static Properties defaults() throws IOException {
        Properties defaults = new Properties();
        try (InputStream file =
                Objects.requireNonNull(Settings.class.getResourceAsStream("defaults.properties"), "defaults")) {
            defaults.load(file);
        }
        return defaults;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsDocumentedWithItsDefault(String name) throws IOException {
        String value = defaults().getProperty(name);
        String cell = value.isEmpty() ? " " : " `" + value + "` ";

        assertThat(Files.readString(Path.of("docs/settings.md")))
                .containsPattern(Pattern.compile("(?m)^" + Pattern.quote("| `" + name + "` |" + cell + "|")));
    }
}
