package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The random ids of widgets and comms in a notebook, numbered in an order that does not depend on them: as the cells
 * show them, then as the widgets refer to each other, then by what is left of a widget without its ids.
 */
final class WidgetIds {

    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])");
    private static final String STATES = "application/vnd.jupyter.widget-state+json";

    private final JsonNode document;
    private final Map<String, String> numbers = new LinkedHashMap<>();

    WidgetIds(ObjectNode document) {
        this.document = document;
        number(document.path("cells"));
        JsonNode states = document.path("metadata").path("widgets").path(STATES).path("state");
        follow(states, 0);
        unseen(states).forEach(id -> {
            int next = numbers.size();
            number(id);
            follow(states, next);
        });
    }

    /** A copy of the document with numbers in place of the ids. */
    JsonNode replaced() {
        return Normaliser.withTexts(document, this::replaced);
    }

    private String replaced(String text) {
        return ID.matcher(text).replaceAll(match -> numbers.getOrDefault(match.group(), "<widget>"));
    }

    private void number(JsonNode node) {
        number(node.isMissingNode() ? "" : node.toString());
    }

    private void number(String text) {
        ID.matcher(text)
                .results()
                .forEach(match -> numbers.computeIfAbsent(match.group(), id -> "<widget " + numbers.size() + ">"));
    }

    /** Numbers what the widgets refer to, from the one with that number on. */
    private void follow(JsonNode states, int from) {
        for (int i = from; i < numbers.size(); i++) {
            number(states.path(List.copyOf(numbers.keySet()).get(i)));
        }
    }

    private List<String> unseen(JsonNode states) {
        List<String> ids = new ArrayList<>();
        states.fieldNames().forEachRemaining(ids::add);
        ids.removeIf(numbers::containsKey);
        ids.sort(Comparator.comparing(
                id -> ID.matcher(states.path(id).toString()).replaceAll("")));
        return ids;
    }
}
