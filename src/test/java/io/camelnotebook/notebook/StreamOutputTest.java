package io.camelnotebook.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamOutputTest {

    private static final List<String> PARTS = List.of("a", "🐫", "\n", "\r", "\b", "some words ", "x".repeat(100_000));

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

    @Test
    void theTextIsTheSameHoweverItIsCut() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String text = random.ints(random.nextInt(3_000), 0, 7)
                    .mapToObj(i -> PARTS.get(i == 6 && random.nextInt(500) > 0 ? 0 : i))
                    .collect(Collectors.joining());
            StreamOutput stream = new StreamOutput("stdout");
            for (int start = 0; start < text.length(); ) {
                int end = Math.min(text.length(), start + 1 + random.nextInt(1 + random.nextInt(200_000)));
                if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
                    end++;
                }
                stream.append(text.substring(start, end));
                start = end;
            }
            assertThat(stream.text()).isEqualTo(terminal(text));
            assertThat(String.join("", stream.pieces())).isEqualTo(stream.text());
            assertThat(stream.pieces().subList(0, Math.max(0, stream.pieces().size() - 1)))
                    .allMatch(piece -> piece.endsWith("\n"));
        }
    }

    /** The rule in its plainest form: each line is an array of characters with a cursor. */
    private static String terminal(String text) {
        StringBuilder shown = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            List<String> characters = new ArrayList<>();
            int cursor = 0;
            int[] codePoints = line.codePoints().toArray();
            for (int i = 0; i < codePoints.length; i++) {
                boolean atEnd = i + 1 == codePoints.length || codePoints[i + 1] == '\n';
                if (codePoints[i] == '\n' || codePoints[i] == '\r' && atEnd) {
                    characters.add(Character.toString(codePoints[i]));
                } else if (codePoints[i] == '\r') {
                    cursor = 0;
                } else if (codePoints[i] == '\b') {
                    cursor = Math.max(0, cursor - 1);
                } else {
                    String character = Character.toString(codePoints[i]);
                    if (cursor < characters.size()) {
                        characters.set(cursor, character);
                    } else {
                        characters.add(character);
                    }
                    cursor++;
                }
            }
            shown.append(String.join("", characters));
        }
        return shown.toString();
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
