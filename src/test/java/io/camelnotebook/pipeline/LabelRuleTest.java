package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelRuleTest {

    static Stream<String> labels() {
        return Stream.of("a", "bank", "a b", "ridge-0.1", "...", "Größe", "日本", "😀", "x".repeat(100), "é".repeat(100));
    }

    static Stream<String> others() {
        return Stream.of(
                "",
                ".",
                "..",
                "a/b",
                "/a",
                "a\\b",
                "C:\\x",
                "a\0",
                "a\nb",
                "a\u007f",
                "a\u2028b",
                " a",
                "a ",
                "a\u3000",
                "\ud83d",
                "x".repeat(101),
                "日".repeat(67));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void whatCanNameAFolderEverywhereIsALabel(String label) {
        assertThat(LabelRule.violation(label)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("others")
    void anythingElseIsNone(String label) {
        assertThat(LabelRule.violation(label)).isPresent();
    }
}
