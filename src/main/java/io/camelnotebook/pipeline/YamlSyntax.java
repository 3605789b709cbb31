package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** Reads YAML 1.2 with the types of its core schema, noting where each field is. */
final class YamlSyntax {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String MEND = "mend the syntax; texts with special characters go in quotes";

    private final Syntax syntax;
    private final YamlScalars scalars;
    private final Positions positions;

    private YamlSyntax(Syntax syntax, YamlScalars scalars, Positions positions) {
        this.syntax = syntax;
        this.scalars = scalars;
        this.positions = positions;
    }

    /** @throws ConfigException when the text is no YAML, has a key twice or is too large */
    static Syntax.Content read(Path file, String text) {
        Syntax syntax = new Syntax(file);
        return read(syntax, file, text, new CoreSchema(), new YamlScalars(syntax, false));
    }

    /** The same with the types of YAML 1.1, as PyYAML has them. */
    static Syntax.Content readAsPyYaml(Path file, String text) {
        Syntax syntax = new Syntax(file);
        return read(syntax, file, text, new PyYamlScalars(), new YamlScalars(syntax, true));
    }

    private static Syntax.Content read(Syntax syntax, Path file, String text, Schema schema, YamlScalars scalars) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(schema)
                .setCodePointLimit(Integer.MAX_VALUE)
                // What aliases come to is counted here instead: many entries may well share one map.
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .build();
        try {
            checkBounds(new Syntax(file), settings, text);
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                throw syntax.refused(new Position(1, 1), "the file is empty", "describe at least one job");
            }
            Positions positions = new Positions(position(root.get()));
            JsonNode converted = new YamlSyntax(syntax, scalars, positions).value(root.get(), JsonPointer.empty(), 0);
            return syntax.content(converted, positions);
        } catch (MarkedYamlEngineException e) {
            Position position = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(YamlSyntax::position)
                    .orElse(new Position(1, 1));
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            throw syntax.refused(position, "this is not YAML: " + context + e.getProblem(), MEND);
        } catch (ReaderException e) {
            throw syntax.refused(
                    Position.of(
                            text,
                            text.offsetByCodePoints(
                                    0, Math.min(e.getPosition(), text.codePointCount(0, text.length())))),
                    "this is not YAML: the character U+" + String.format("%04X", e.getCodePoint()) + " is not allowed",
                    "remove it, or write it as an escape in double quotes");
        } catch (YamlEngineException e) {
            throw syntax.refused(new Position(1, 1), "this is not YAML: " + e.getMessage(), MEND);
        }
    }

    /** Before anything recursive sees the text: composing it would overflow the stack of one nested too deep. */
    private static void checkBounds(Syntax syntax, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            Position here = event.getStartMark().map(YamlSyntax::position).orElse(new Position(1, 1));
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    syntax.countValue(here);
                    syntax.checkDepth(++depth, here);
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar -> syntax.countValue(here);
                default -> {
                    // The others hold no values.
                }
            }
        }
    }

    private JsonNode value(Node node, JsonPointer pointer, int depth) {
        Position here = position(node);
        syntax.countValue(here);
        syntax.checkDepth(depth, here);
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node item : sequence.getValue()) {
                JsonPointer place = positions.enter(pointer, depth + 1, array.size(), position(item));
                array.add(value(item, place, depth + 1));
            }
            return array;
        }
        return scalars.value((ScalarNode) node, here);
    }

    private ObjectNode object(MappingNode mapping, JsonPointer pointer, int depth) {
        ObjectNode object = NODES.objectNode();
        Map<String, Position> keys = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Position here = position(entry.getKeyNode());
            String key = key(entry.getKeyNode(), here);
            Position first = keys.putIfAbsent(key, here);
            if (first != null) {
                syntax.duplicate(key, here, first);
            }
            JsonPointer field = positions.enter(pointer, depth + 1, key, here);
            object.set(key, value(entry.getValueNode(), field, depth + 1));
        }
        return object;
    }

    private String key(Node node, Position here) {
        if (!(node instanceof ScalarNode scalar)) {
            throw syntax.refused(here, "a key must be text, found a list or a map", "put the key in quotes");
        }
        return scalar.getValue();
    }

    private static Position position(Node node) {
        return node.getStartMark().map(YamlSyntax::position).orElse(new Position(1, 1));
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
