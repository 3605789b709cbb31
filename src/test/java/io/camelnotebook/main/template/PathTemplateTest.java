package io.camelnotebook.main.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    private static ObjectNode values() throws JsonProcessingException {
        ObjectNode values = (ObjectNode)
                new ObjectMapper()
                        .readTree(
                                "{\"a\": \"x\", \"b\": {\"k\": [1, 2]}, \"c\": {\"0\": \"keys are text\"}, \"n\": 7, \"x\": 3.14159, \"pm\": {}}");
        values.withObject("/pm").putPOJO("current_datetime_utc", OffsetDateTime.parse("2026-01-02T03:04:05Z"));
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "out.ipynb | out.ipynb",
                "{a}/{b[k][1]}.ipynb | x/2.ipynb",
                "run_{n:03d}_{x:.2f} | run_007_3.14",
                "{pm[current_datetime_utc]:%Y%m%d} | 20260102",
                "{{a}} | {a}",
                "{b} | {'k': [1, 2]}",
                "{n:>{n}} | `      7`",
                "{c[0]} | keys are text"
            })
    void fieldsAreFilledIn(String template, String path) throws JsonProcessingException {
        assertThat(PathTemplate.expand(template, values())).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{alpha}.ipynb | there is no parameter 'alpha', only: a, b, c, n, pm, x; give it with -p alpha VALUE",
                "{b[j]} | '{b[j]}': there is no key 'j', only: k",
                "{pm.run_uuid} | for a key of a map write it in brackets: [run_uuid]",
                "{} | '{}' names no parameter",
                "{a | a '{' without its '}'; write '{{' for a brace",
                "a} | a '}' without its '{'; write '}}' for a brace",
                "{a:d} | is no format for the text 'x'",
                "{n:s} | is no format for this number",
                "{n:999999999d} | asks for more than 10000 characters"
            })
    void whatCannotBeFilledInIsToldWithTheRemedy(String template, String message) {
        assertThatThrownBy(() -> PathTemplate.expand(template, values()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }

    @Test
    void fieldsNestedTooDeepAreRefused() {
        assertThatThrownBy(() -> PathTemplate.expand("{n:{n:{n}}}", values())).hasMessageContaining("nested too deep");
    }
}
