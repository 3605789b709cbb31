package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads JSON as Python writes it, which is strict but for NaN and infinities, noting where each field is. */
final class JsonSyntax {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Syntax.MAX_DEPTH + 10)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Syntax syntax;
    private final JsonParser parser;
    private final Positions positions;

    private JsonSyntax(Syntax syntax, JsonParser parser, Positions positions) {
        this.syntax = syntax;
        this.parser = parser;
        this.positions = positions;
    }

    /** @throws ConfigException when the text is no JSON, has a key twice or is too large */
    static Syntax.Content read(Path file, String text) {
        Syntax syntax = new Syntax(file);
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Positions positions = new Positions(position(parser.currentTokenLocation()));
            JsonNode root = new JsonSyntax(syntax, parser, positions).value(JsonPointer.empty(), 0);
            if (parser.nextToken() != null) {
                throw syntax.refused(
                        position(parser.currentTokenLocation()),
                        "this is not JSON: something follows the end of the object",
                        "a config file holds one object");
            }
            return syntax.content(root, positions);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw syntax.refused(
                    location == null ? new Position(1, 1) : position(location),
                    "this is not JSON: " + withoutParserFeatures(e.getOriginalMessage()),
                    "mend the syntax, or name the file .yaml if it is YAML");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode value(JsonPointer pointer, int depth) throws IOException {
        Position here = position(parser.currentTokenLocation());
        syntax.countValue(here);
        syntax.checkDepth(depth, here);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer, depth);
            case START_ARRAY -> array(pointer, depth);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(here);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw syntax.refused(here, "this is not JSON: expected a value", "mend the syntax");
        };
    }

    private ObjectNode object(JsonPointer pointer, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        Map<String, Position> keys = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Position here = position(parser.currentTokenLocation());
            Position first = keys.putIfAbsent(key, here);
            if (first != null) {
                syntax.duplicate(key, here, first);
            }
            JsonPointer field = positions.enter(pointer, depth + 1, key, here);
            parser.nextToken();
            object.set(key, value(field, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonPointer pointer, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Position here = position(parser.currentTokenLocation());
            JsonPointer item = positions.enter(pointer, depth + 1, array.size(), here);
            array.add(value(item, depth + 1));
        }
        return array;
    }

    private JsonNode number(Position here) throws IOException {
        if (parser.getTextLength() > Syntax.MAX_DIGITS) {
            throw syntax.notANumber(parser.getText(), here);
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getDoubleValue());
            case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** Jackson's messages name options of its API, which a user of config files does not have. */
    private static String withoutParserFeatures(String message) {
        return message.replaceFirst(
                "(?s)(: enable `|\\s*\\(not recognized as one since|\\s*\\(start marker at|\\n).*", "");
    }

    private static Position position(JsonLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
