package io.camelnotebook.main.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Path templates against Python's own {@code str.format}. */
class PathTemplateIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RANDOM_TEMPLATES = 20_000;

    private static final String FORMAT = """
            import datetime, json, sys
            def revive(value):
                if isinstance(value, dict):
                    if "float" in value:
                        return float(value["float"])
                    if "time" in value:
                        return datetime.datetime.fromisoformat(value["time"])
                    return {k: revive(v) for k, v in value.items()}
                return [revive(v) for v in value] if isinstance(value, list) else value
            def answer(template, values):
                try:
                    return {"text": template.format(**values)}
                except Exception as e:
                    return {"error": repr(e)}
            request = json.load(sys.stdin)
            values = revive(request["values"])
            json.dump([answer(template, values) for template in request["templates"]], sys.stdout)
            """;

    private final Random random = new Random(20260);
    private final ObjectNode values = JSON.createObjectNode();
    private final ObjectNode described = JSON.createObjectNode();
    private final List<String> names = new ArrayList<>();

    @Test
    void templatesMeanWhatPythonMakesOfThem() throws IOException, InterruptedException {
        addValues();
        List<String> templates = new ArrayList<>(List.of(
                "{{}}",
                "a{{{w0}}}b",
                "{w0",
                "w0}",
                "{",
                "}",
                "{w0!}",
                "{w0!x}",
                "{w0!r",
                "{w0!r:}",
                "{w0!rr}",
                "{w0:{w0}}",
                "{w0:{w0:{w0}}}",
                "{w0:{}}",
                "{}",
                "{0}",
                "{w0[}",
                "{map[a:b]}",
                "{map[a}b]}",
                "{map[k]x}",
                "{list[-1]}",
                "{list[99]}",
                "{map[none]}",
                "{pm.run_uuid}",
                "{pm[current_datetime_utc].year:05}",
                "{ w0}",
                "{pm[current_datetime_utc]:%Y%m%d}/{pm[current_datetime_local]:%H:%M:%S}",
                "{t0:%a %A %b %B %c %d %f %H %I %j %m %M %p %S %U %w %W %x %X %y %Y %z %Z %% %G %V %u %-d %-H %e %F %T}",
                "{t1:%U %W %V %G %j}",
                "{t2:%U %W %V %G %j %I %p}",
                "{t0} {t1} {t2!s:.4}"));
        for (int i = 0; i < RANDOM_TEMPLATES; i++) {
            templates.add(template());
        }

        ObjectNode request = JSON.createObjectNode();
        request.set("values", described);
        request.set("templates", JSON.valueToTree(templates));
        JsonNode answers = JSON.readTree(TestPython.run(FORMAT, JSON.writeValueAsBytes(request)));

        List<String> differences = new ArrayList<>();
        int texts = 0;
        for (int i = 0; i < templates.size(); i++) {
            JsonNode expected = answers.get(i);
            texts += expected.has("text") ? 1 : 0;
            String ours = ours(templates.get(i));
            if (expected.has("text") ? !ours.equals(expected.path("text").asText()) : !ours.startsWith("error: ")) {
                differences.add(templates.get(i) + " gives " + ours + ", in Python " + expected);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(texts).as("templates that Python could fill in").isGreaterThan(RANDOM_TEMPLATES / 3);
    }

    private String ours(String template) {
        try {
            return PathTemplate.expand(template, values);
        } catch (TemplateException e) {
            return "error: " + e.getMessage();
        }
    }

    private void addValues() {
        List.of(0L, 7L, -42L, 1234567L, 255L, 97L).forEach(number -> add("w", JSON.valueToTree(number)));
        add("w", JSON.valueToTree(BigInteger.TEN.pow(30)));
        List.of(
                        0.0,
                        -0.0,
                        1.0,
                        2.5,
                        -3.14159,
                        100.0,
                        1e16,
                        123456789.123,
                        5e-324,
                        1.7976931348623157e308,
                        0.00001,
                        9.9999,
                        0.5)
                .forEach(number -> add("f", JSON.valueToTree(number)));
        List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .forEach(number -> add("f", JSON.valueToTree(number)));
        List.of("", "text", "Zürich 🐪", "it's \"so\"\n\t\\\u0001\u00a0", "o'clock")
                .forEach(text -> add("s", JSON.valueToTree(text)));
        add("b", JSON.valueToTree(true));
        add("b", JSON.valueToTree(false));
        add("n", JSON.nullNode());
        ArrayNode list =
                JSON.createArrayNode().add(1).add("two").add(3.5).addNull().add(true);
        put("list", list);
        ObjectNode map = JSON.createObjectNode().put("k", "v").put("a:b", 5);
        map.set("list", list.deepCopy());
        put("map", map);
        OffsetDateTime utc = OffsetDateTime.parse("2026-03-01T05:07:09.000123Z");
        LocalDateTime local = LocalDateTime.parse("2025-12-29T23:59:59");
        time("t0", utc, utc.toString());
        time("t1", local, local.toString());
        time("t2", LocalDateTime.parse("2027-01-01T00:00:00.5"), "2027-01-01T00:00:00.500000");
        ObjectNode pm = JSON.createObjectNode().put("run_uuid", "3f2a");
        ObjectNode describedPm = pm.deepCopy();
        pm.putPOJO("current_datetime_utc", utc).putPOJO("current_datetime_local", local);
        describedPm.putObject("current_datetime_utc").put("time", utc.toString());
        describedPm.putObject("current_datetime_local").put("time", local.toString());
        values.set("pm", pm);
        described.set("pm", describedPm);
    }

    private void add(String kind, JsonNode value) {
        int number = 0;
        while (values.has(kind + number)) {
            number++;
        }
        put(kind + number, value);
    }

    private void put(String name, JsonNode value) {
        values.set(name, value);
        described.set(name, described(value));
        names.add(name);
    }

    private void time(String name, Object time, String iso) {
        values.putPOJO(name, time);
        described.putObject(name).put("time", iso.replace("Z", "+00:00"));
    }

    private static JsonNode described(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return JSON.createObjectNode().put("float", String.valueOf(value.doubleValue()));
        }
        if (value.isContainerNode()) {
            ObjectNode holder = JSON.createObjectNode();
            ArrayNode list = JSON.createArrayNode();
            value.properties().forEach(field -> holder.set(field.getKey(), described(field.getValue())));
            value.forEach(element -> list.add(described(element)));
            return value.isArray() ? list : holder;
        }
        return value;
    }

    private String template() {
        StringBuilder field = new StringBuilder("x{").append(one(names.toArray(String[]::new)));
        if (random.nextInt(8) == 0) {
            field.append(one("[0]", "[1]", "[7]", "[k]", "[list]", "[list][1]", "[x]", "[0", ".k"));
        }
        if (random.nextInt(6) == 0) {
            field.append(one("!r", "!s", "!a"));
        }
        if (random.nextInt(6) != 0) {
            field.append(':').append(spec());
        }
        return field.append("}y").toString();
    }

    private String spec() {
        StringBuilder spec = new StringBuilder();
        if (random.nextInt(3) == 0) {
            spec.append(one("", "", "*", "0", "é", "🐪", "<")).append(one("<", ">", "^", "="));
        }
        spec.append(rarely(one("+", "-", " "), 4));
        spec.append(rarely("z", 25)).append(rarely("#", 6)).append(rarely("0", 4));
        spec.append(rarely(one("1", "5", "12", "17", "30", "{w1}"), 2));
        spec.append(rarely(one(",", "_"), 5));
        spec.append(rarely(one(".0", ".1", ".2", ".5", ".17", "."), 3));
        spec.append(rarely(one("b", "c", "d", "e", "E", "f", "F", "g", "G", "n", "o", "s", "x", "X", "%", "q"), 2));
        return spec.toString();
    }

    private String rarely(String text, int oneIn) {
        return random.nextInt(oneIn) == 0 ? text : "";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
