package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What both syntaxes of config files share: their bounds, and how their problems are told. */
final class Syntax {

    static final int MAX_DEPTH = 100;
    static final int MAX_VALUES = 1_000_000;
    static final int MAX_DIGITS = 1_000;
    private static final int MAX_DUPLICATES = 100;

    /** What was read. */
    record Content(JsonNode root, Positions positions) {}

    private final Path file;
    private final List<ConfigProblem> duplicates = new ArrayList<>();
    private int values;

    Syntax(Path file) {
        this.file = file;
    }

    void countValue(Position position) {
        if (++values > MAX_VALUES) {
            throw refused(
                    position,
                    "the file holds more than " + MAX_VALUES + " values, repeated aliases counted",
                    "keep data in files of their own and name them in parameters");
        }
    }

    void checkDepth(int depth, Position position) {
        if (depth > MAX_DEPTH) {
            throw refused(
                    position,
                    "values are nested more than " + MAX_DEPTH + " deep, or contain themselves",
                    "flatten them");
        }
    }

    ConfigException notANumber(String text, Position position) {
        return refused(
                position,
                Words.quote(text) + " is not a number of at most " + MAX_DIGITS + " digits",
                "put it in quotes if it is meant as text");
    }

    void duplicate(String key, Position position, Position first) {
        if (duplicates.size() < MAX_DUPLICATES) {
            duplicates.add(ConfigProblem.at(
                    file,
                    position,
                    "the key " + Words.quote(key) + " is here a second time, first in line " + first.line(),
                    "remove or rename one of them"));
        }
    }

    ConfigException refused(Position position, String what, String remedy) {
        return new ConfigException(List.of(ConfigProblem.at(file, position, what, remedy)));
    }

    /** @throws ConfigException when keys were there twice */
    Content content(JsonNode root, Positions positions) {
        if (!duplicates.isEmpty()) {
            throw new ConfigException(duplicates);
        }
        return new Content(root, positions);
    }
}
