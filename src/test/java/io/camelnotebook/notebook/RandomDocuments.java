package io.camelnotebook.notebook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Notebook documents that nbformat can read, of every version, made at random from a seed; as JSON in ASCII. */
final class RandomDocuments {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonGenerator.Feature.ESCAPE_NON_ASCII).build();
    private static final List<String> CHARACTERS = List.of(
            "a",
            "b",
            "1",
            " ",
            "#",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\"",
            "\\",
            "/",
            "é",
            "\u2028",
            "\u0085",
            "\u001c",
            "\u000b",
            "\u0000",
            "\u007f",
            "\ud83d\ude00",
            "\uffee",
            "\ufeff",
            "<",
            "%");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "7",
            "-12",
            "9223372036854775808",
            "123456789012345678901234567890",
            "1.0",
            "-0.0",
            "1e5",
            "1E-7",
            "0.1",
            "1e22",
            "1.5e300",
            "1e400",
            "-1e400",
            "5e-324",
            "0.1000000000000000055511151231257827",
            "1e16");
    private static final List<String> MIME_TYPES = List.of(
            "text/plain",
            "text/html",
            "image/png",
            "image/svg+xml",
            "application/json",
            "application/javascript",
            "application/vnd.x+json",
            "application/x-mine",
            "text/latex");
    private static final List<String> OLD_KEYS = List.of("text", "html", "svg", "latex", "javascript");

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    /** A document of nbformat 4 and the given minor version. */
    String version4(int minor) {
        ObjectNode document = JSON.createObjectNode();
        document.put("nbformat", 4);
        document.set("metadata", object(3));
        document.put("nbformat_minor", minor);
        maybe(() ->
                ((ObjectNode) document.path("metadata")).put("orig_nbformat", 3).put("signature", "x"));
        maybe(() -> document.set("unknown", value(2)));
        ArrayNode cells = document.putArray("cells");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            ObjectNode cell = cells.addObject();
            if (minor >= 5 || random.nextInt(10) == 0) {
                cell.put("id", "cell-" + i);
            }
            cell4(cell, minor > 5);
        }
        return text(document);
    }

    private void cell4(ObjectNode cell, boolean ofLaterMinor) {
        String type = ofLaterMinor && random.nextInt(5) == 0 ? "hologram" : oneOf(List.of("code", "markdown", "raw"));
        cell.put("cell_type", type);
        cell.set("source", lines());
        cell.set("metadata", metadata());
        maybe(() -> cell.set("extra" + text(), value(2)));
        maybe(() -> {
            ObjectNode attachments = cell.putObject("attachments");
            attachments.set(text(), bundle());
        });
        if (type.equals("code")) {
            cell.set("execution_count", random.nextBoolean() ? cell.nullNode() : number());
            ArrayNode outputs = cell.putArray("outputs");
            IntStream.range(0, random.nextInt(4)).forEach(i -> output4(outputs.addObject()));
        }
    }

    private ObjectNode metadata() {
        ObjectNode metadata = object(2);
        maybe(() -> metadata.putArray("tags").add("parameters").add(text()));
        maybe(() -> metadata.put("trusted", true));
        return metadata;
    }

    private void output4(ObjectNode output) {
        String type = oneOf(List.of("stream", "display_data", "execute_result", "error", "hologram"));
        output.put("output_type", type);
        maybe(() -> output.set("unknown", value(2)));
        switch (type) {
            case "stream" -> {
                output.put("name", random.nextBoolean() ? "stdout" : "stderr");
                output.set("text", lines());
            }
            case "error" -> {
                output.put("ename", text()).put("evalue", text());
                output.putArray("traceback").add(text()).add(text());
            }
            case "hologram" -> {
                maybe(() -> output.set("text", lines()));
                maybe(() -> output.set("data", value(2)));
            }
            default -> {
                maybe(() -> output.set("execution_count", number()));
                output.set("metadata", object(2));
                output.set("data", bundle());
            }
        }
    }

    private ObjectNode bundle() {
        ObjectNode bundle = JSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            String type = oneOf(MIME_TYPES);
            bundle.set(type, MimeBundles.isJson(type) || random.nextInt(8) == 0 ? value(3) : lines());
        }
        return bundle;
    }

    /** A document of nbformat 2 or 3. */
    String old(int major) {
        ObjectNode document = JSON.createObjectNode();
        document.set("metadata", object(2));
        maybe(() -> ((ObjectNode) document.path("metadata")).put("name", text()).put("signature", "x"));
        document.put("nbformat", major);
        maybe(() -> document.put("nbformat_minor", 0));
        maybe(() -> document.put("orig_nbformat", 2));
        maybe(() -> document.set("unknown", value(2)));
        ArrayNode worksheets = document.putArray("worksheets");
        for (int i = random.nextInt(3); i > 0; i--) {
            ObjectNode worksheet = worksheets.addObject();
            worksheet.putObject("metadata");
            ArrayNode cells = worksheet.putArray("cells");
            IntStream.range(0, random.nextInt(4)).forEach(j -> oldCell(cells.addObject()));
        }
        return text(document);
    }

    private void oldCell(ObjectNode cell) {
        String type = oneOf(List.of("code", "code", "markdown", "raw", "heading", "html"));
        cell.put("cell_type", type);
        maybe(() -> cell.set("metadata", metadata()));
        maybe(() -> cell.set("extra", value(2)));
        maybe(() -> cell.put("trusted", true));
        if (type.equals("code")) {
            maybe(() -> cell.put("language", "python"));
            maybe(() -> cell.put("collapsed", random.nextBoolean()));
            maybe(() -> cell.put("prompt_number", random.nextInt(9)));
            if (random.nextInt(9) != 0) {
                cell.set("input", oldLines());
            }
            ArrayNode outputs = cell.putArray("outputs");
            IntStream.range(0, random.nextInt(4)).forEach(i -> oldOutput(outputs.addObject()));
        } else {
            cell.set("source", oldLines());
            maybe(() -> cell.set("rendered", oldLines()));
            if (type.equals("heading") && random.nextInt(4) != 0) {
                cell.put("level", 1 + random.nextInt(6));
            }
        }
    }

    private void oldOutput(ObjectNode output) {
        String type = oneOf(List.of("stream", "pyout", "display_data", "pyerr", "hologram"));
        output.put("output_type", type);
        maybe(() -> output.set("metadata", object(1)));
        switch (type) {
            case "stream" -> {
                maybe(() -> output.put("stream", "stderr"));
                output.set("text", oldLines());
            }
            case "pyerr" -> {
                output.put("ename", text()).put("evalue", text());
                output.putArray("traceback").add(text());
            }
            case "hologram" -> maybe(() -> output.set("text", oldLines()));
            default -> {
                maybe(() -> output.put("prompt_number", 3));
                OLD_KEYS.forEach(key -> maybe(() -> output.set(key, oldLines())));
                maybe(() -> output.put("png", "aGk=\n").put("jpeg", "aGk="));
                maybe(() -> output.put("json", text(value(2))));
                maybe(() -> ((ObjectNode) output.withObject("/metadata")).set("png", object(1)));
                maybe(() -> output.put("custom", text()));
            }
        }
    }

    /** Text, or lines of it, which need not be lines. */
    private JsonNode lines() {
        if (random.nextBoolean()) {
            return JSON.getNodeFactory().textNode(text());
        }
        ArrayNode lines = JSON.createArrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> lines.add(text()));
        return lines;
    }

    /** As the old formats had them: mostly without line ends, sometimes with. */
    private JsonNode oldLines() {
        JsonNode lines = lines();
        if (lines instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
            array.set(0, JSON.getNodeFactory().textNode(text() + oneOf(List.of("\n", "\r"))));
        }
        return lines;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.createObjectNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> object.set("k" + text(), value(depth - 1)));
        return object;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 1 -> JSON.nullNode();
            case 2, 3 -> number();
            case 4, 5 -> JSON.getNodeFactory().textNode(text());
            case 6 -> object(depth);
            default -> {
                ArrayNode array = JSON.createArrayNode();
                IntStream.range(0, random.nextInt(4)).forEach(i -> array.add(value(depth - 1)));
                yield array;
            }
        };
    }

    private JsonNode number() {
        return JSON.getNodeFactory().rawValueNode(new RawValue(oneOf(NUMBERS)));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(oneOf(CHARACTERS));
        }
        return text.toString();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void maybe(Runnable action) {
        if (random.nextInt(3) == 0) {
            action.run();
        }
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
