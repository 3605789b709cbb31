package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what is wrong in one document, and knows where each thing is. */
final class Problems {

    private static final int MAX_PROBLEMS = 100;

    private final ConfigDocument document;
    private final ConfigFormat format;
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private int found;

    Problems(ConfigDocument document, ConfigFormat format) {
        this.document = document;
        this.format = format;
    }

    /** @param remedy how to mend it; empty when what is wrong says it */
    void add(JsonPointer place, String what, String remedy) {
        Position position = document.positions().of(place);
        Place path = place(place);
        add(new ConfigProblem(
                document.file(),
                position.line(),
                position.column(),
                path.job(),
                path.field(),
                what,
                remedy.isEmpty() ? Optional.empty() : Optional.of(remedy)));
    }

    /** A problem of the file as a whole. */
    void addToFile(String what, String remedy) {
        add(ConfigProblem.ofFile(document.file(), what, remedy));
    }

    /** How many were found so far. */
    int count() {
        return found;
    }

    /** @throws ConfigException when there is any problem */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        List<ConfigProblem> ordered = new ArrayList<>(problems);
        ordered.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        if (found > MAX_PROBLEMS) {
            ordered.add(ConfigProblem.ofFile(
                    document.file(), "there are more problems than these " + MAX_PROBLEMS, "mend these first"));
        }
        throw new ConfigException(ordered);
    }

    private void add(ConfigProblem problem) {
        found++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    private record Place(Optional<String> job, Optional<String> field) {}

    private Place place(JsonPointer pointer) {
        JsonPointer rest = pointer;
        JsonNode at = document.root();
        Optional<String> job = Optional.empty();
        JsonPointer prefix = format.jobs();
        if (prefix.matches() || (rest.matchesProperty("jobs") && !rest.tail().matches())) {
            rest = prefix.matches() ? rest : rest.tail();
            at = document.root().at(prefix);
            if (!rest.matches()) {
                job = Optional.of(rest.getMatchingProperty());
                at = at.path(rest.getMatchingProperty());
                rest = rest.tail();
            }
        }
        StringBuilder field = new StringBuilder();
        for (; !rest.matches(); rest = rest.tail()) {
            if (at.isArray()) {
                field.append('[').append(rest.getMatchingIndex()).append(']');
                at = rest.getMatchingIndex() >= 0 ? at.path(rest.getMatchingIndex()) : MissingNode.getInstance();
            } else {
                field.append(field.isEmpty() ? "" : ".").append(rest.getMatchingProperty());
                at = at.path(rest.getMatchingProperty());
            }
        }
        return new Place(job, field.isEmpty() ? Optional.empty() : Optional.of(field.toString()));
    }
}
