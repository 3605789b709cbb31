package io.camelnotebook.publish.mlflow;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes names that MLflow takes for parameters, metrics and tags of one run, and that do not meet. Not thread-safe. */
final class Names {

    /** As long as MLflow keeps them. */
    static final int LONGEST = 250;

    private static final Pattern REFUSED = Pattern.compile("[^/\\p{L}\\p{N}_.\\- ]");

    private final Set<String> taken = new HashSet<>();

    /** The name, with {@code _} for what MLflow refuses; a number is appended where another one has become the same. */
    String of(String name) {
        String allowed = REFUSED.matcher(name).replaceAll("_");
        // It may keep them as files.
        String path = Arrays.stream(allowed.split("/", -1))
                .map(part -> part.isEmpty() || part.equals(".") || part.equals("..") ? "_" : part)
                .collect(Collectors.joining("/"));
        String unique = Text.shortened(path, LONGEST);
        for (int number = 2; !taken.add(unique); number++) {
            String suffix = "_" + number;
            unique = Text.shortened(path, LONGEST - suffix.length()) + suffix;
        }
        return unique;
    }
}
