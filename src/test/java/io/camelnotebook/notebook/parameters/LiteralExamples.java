package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parameters that are hard on literals: values at the edges of types, and random ones, the same ones every time. */
public final class LiteralExamples {

    private static final String EDGES = """
            [null, true, false, 0, -0.0, 1.0, 0.1, 1e16, 1e308, -1e308, 5e-324, 2.2250738585072014e-308, NaN, Infinity,
             -Infinity, 127, -128, 2147483647, -2147483648, 2147483648, 9007199254740991, 9007199254740993,
             9223372036854775807, -9223372036854775808, 9223372036854775808, -170141183460469231731687303715884105728,
             1606938044258990275541962092341162602522202993782792835301376, "", " ", "\\u0000", "a\\u0000b", "\\ud800",
             "\\udc00\\ud800", "😀", "\\u00e9\\u0301", "$", "$x", "${x}", "#{x}", "#$x", "#@x", "%d", "%", "`x`", "$(x)",
             "\\\\", "\\\\\\\\n", "'", "\\"", "'''", "\\"\\"\\"", "\\u2018\\u2019", "a\\r\\nb\\tc\\u000b\\u000c\\u0007", "\\u0085",
             "\\u2028", "\\\\u0022", "\\\\x41", "!!", "!x", "\\u007f1", "\\u00011", "\\u0001F", "~", "-n", "*", "[a]", "007", "x=1",
             [], {}, [[]], [{}], {"": 1}, {"a b": null}, {"a": {}, "b": []}, [1, 0.5], [true, 1], [null], [null, null],
             [1, null], ["a", null], [[1], [2, 3]], [[1], ["a"]], [[], [1]], [[null], [1]], [[1, 2.5], [3]], [[[[1]]]],
             {"__proto__": 1, "constructor": 2}, {"'": "\\"", "\\"": "'", "$": "\\\\"}, [{"a": 1}, {"a": 2}], [{"a": 1}, {"a": "b"}],
             {"a": 1, "b": 2}, {"a": 1, "b": 0.5}, {"a": [1], "b": [2]}, [2147483648, 1], [9223372036854775808, 1, -1],
             [9007199254740993, 0.5], [NaN, 1], [-0.0], {"NA": 1}, {"a\\nb": "\\t"}, {"1": 2, "0": 1}]""";

    private LiteralExamples() {}

    /** As many parameters as that, with values that the language takes. */
    public static Map<String, JsonNode> of(ParameterLanguage language, int count) {
        RandomValues random = new RandomValues(20261121);
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        Stream.concat(edges().stream(), Stream.generate(() -> random.next(3)))
                .filter(value -> isTaken(language, value))
                .limit(count)
                .forEach(value -> parameters.put("p" + parameters.size(), value));
        return parameters;
    }

    private static boolean isTaken(ParameterLanguage language, JsonNode value) {
        try {
            language.cell(Map.of("x", value));
            return true;
        } catch (ParameterException e) {
            return false;
        }
    }

    private static List<JsonNode> edges() {
        try {
            return JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build()
                    .readTree(EDGES)
                    .valueStream()
                    .toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
