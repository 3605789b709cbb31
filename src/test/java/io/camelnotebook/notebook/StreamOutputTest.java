package io.camelnotebook.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamOutputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a~b|a~b",
                "10 %<20 %|20 %",
                "long<ab|abng",
                "one~10 %<20 %~two|one~20 %~two",
                "ab^c|ac",
                "ab^^^^c|cb",
                "one~^x|one~x",
                "windows<~next|windows<~next",
                "end<|end<",
                "a<<b|b",
                "<🐫🐫<x|x🐫",
                "ab<🐫|🐫b",
                "🐫^x|x",
                "🐫🐫^^ab|ab",
            })
    void itReadsAsOnATerminal(String written, String shown) {
        assertThat(whole(controls(written))).isEqualTo(controls(shown));
        assertThat(inPieces(controls(written))).as("cut into pieces").isEqualTo(controls(shown));
    }

    @Test
    void aMillionPiecesAreAppendedInLinearTime() {
        StreamOutput stream = new StreamOutput("stdout");
        for (int i = 0; i < 1_000_000; i++) {
            stream.append(i % 100 == 0 ? "line\n" : "\rprogress");
        }
        assertThat(stream.text()).startsWith("line\n").hasLineCount(10_001);
    }

    private static String controls(String text) {
        return text.replace('~', '\n').replace('<', '\r').replace('^', '\b');
    }

    private static String whole(String text) {
        StreamOutput stream = new StreamOutput("stdout");
        stream.append(text);
        return stream.text();
    }

    private static String inPieces(String text) {
        StreamOutput stream = new StreamOutput("stdout");
        text.codePoints().forEach(c -> stream.append(Character.toString(c)));
        return stream.text();
    }
}
