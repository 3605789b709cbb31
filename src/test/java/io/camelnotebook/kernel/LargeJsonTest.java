package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeJsonTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "plain ",
        "\n",
        "\"",
        "\\",
        "/",
        "\t\r\b\f",
        "\u001b[31m",
        "\0",
        "\u007f",
        "é",
        "€",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00"
    };

    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final JsonMapper ascii =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private final Random random = new Random(11);

    @Test
    void randomValuesAreReadAsJacksonReadsThem() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            JsonNode value = value(4);
            byte[] bytes = (i % 2 == 0 ? json : ascii).writeValueAsBytes(value);
            byte[] pretty = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);

            assertThat(read(bytes.clone())).isEqualTo(json.readTree(bytes));
            assertThat(read(pretty.clone())).isEqualTo(json.readTree(pretty));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> NODES.numberNode(random.nextLong());
            case 1 -> NODES.numberNode(random.nextGaussian());
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> NODES.textNode(text());
            case 5 -> {
                var array = NODES.arrayNode();
                random.ints(random.nextInt(4)).forEach(i -> array.add(value(depth - 1)));
                yield array;
            }
            default -> {
                var object = NODES.objectNode();
                random.ints(random.nextInt(4)).forEach(i -> object.set(text(), value(depth - 1)));
                yield object;
            }
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(12), 0, TEXTS.length).forEach(i -> text.append(TEXTS[i]));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"a",
                "\"a\\",
                "\"a\\\"",
                "\"\\u12",
                "\"\\u12\"",
                "\"\\x\"",
                "\"\n\"",
                "{a: 1}",
                "{1: 1}",
                "{\"a\"}",
                "{\"a\" 1}",
                "{\"a\": }",
                "{\"a\": 1 \"b\": 2}",
                "{\"a\": 1,}",
                "[1 2]",
                "[1,]",
                "[,1]",
                "[1]]",
                "{}{}",
                "nul",
                "1x",
                "]",
                "}",
                ":",
                "01",
                "[\"\\ud83d\", tru]"
            })
    void whatJacksonRefusesIsRefused(String text) {
        assertThatThrownBy(() -> json.readTree(text.getBytes(UTF_8).clone()).require())
                .as("Jackson, of %s", text)
                .isInstanceOfAny(JsonProcessingException.class, IllegalArgumentException.class);
        assertThatThrownBy(() -> read(text.getBytes(UTF_8))).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "[-Infinity]", "123456789012345678901234567890", "1e400", "-0.0", " { } ", "\"\\/\""})
    void whatJacksonTakesIsTaken(String text) throws IOException {
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(json.readTree(text));
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws IOException {
        assertThat(read(new byte[] {'"', 'a', (byte) 0xff, 'b', '"'}).textValue())
                .isEqualTo("a\ufffdb");
    }

    @Test
    void valuesInOneAnotherWithoutEndAreRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("1000 values in one another");
    }

    private JsonNode read(byte[] bytes) throws IOException {
        return LargeJson.read(bytes, json::readTree);
    }
}
