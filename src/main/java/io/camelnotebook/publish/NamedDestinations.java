package io.camelnotebook.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The destinations that the settings have names for, so that config files carry neither their addresses nor their
 * passwords: {@code notebook.destination.NAME} is a URI, and {@code notebook.destination.NAME.OPTION} an option of it, whose
 * value is looked up only when a file is sent. Immutable.
 */
public final class NamedDestinations {

    private static final String PREFIX = "notebook.destination.";
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\{\\{(env|file):([^}]+)}}");

    private final Map<String, String> uris = new TreeMap<>();
    private final Map<String, Set<String>> options = new TreeMap<>();
    private final Properties settings;

    /** Those of some settings, in which nothing is filled in yet. */
    public NamedDestinations(Properties settings) {
        this.settings = settings;
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                add(key, key.substring(PREFIX.length()));
            }
        }
    }

    private void add(String key, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            uris.put(name, settings.getProperty(key).strip());
        } else {
            options.computeIfAbsent(name.substring(0, dot), any -> new TreeSet<>())
                    .add(name.substring(dot + 1));
        }
    }

    /** The names that there are. */
    Set<String> names() {
        return uris.keySet();
    }

    /** The URI to send to, in which Camel looks up the options in the settings; empty if there is no such name. */
    Optional<String> uri(String name) {
        return Optional.ofNullable(uris.get(name)).map(uri -> {
            StringBuilder full = new StringBuilder(uri);
            for (String option : options.getOrDefault(name, Set.of())) {
                full.append(full.indexOf("?") < 0 ? '?' : '&')
                        .append(option)
                        .append("=#property:" + PREFIX)
                        .append(name)
                        .append('.')
                        .append(option);
            }
            return full.toString();
        });
    }

    /** Why nothing can be sent to a name that there is: what its settings are taken from is not there; empty if all is well. */
    Optional<String> problem(String name) {
        if (options.containsKey(name) && uris.getOrDefault(name, "").matches("https?:.*")) {
            // It reads them before Camel looks them up, and would send the words of the reference as a password.
            return Optional.of("Camel's HTTP component takes no option from a setting of its own, such as " + PREFIX
                    + name + '.' + String.join(", ", options.get(name)));
        }
        return settings.stringPropertyNames().stream()
                .filter(key -> key.equals(PREFIX + name) || key.startsWith(PREFIX + name + "."))
                .sorted()
                .flatMap(key -> FROM_OUTSIDE
                        .matcher(settings.getProperty(key))
                        .results()
                        .filter(NamedDestinations::isMissing)
                        .map(found -> "the setting " + key + " takes its value from "
                                + (found.group(1).equals("env") ? "the environment variable " : "the file ")
                                + found.group(2) + ", and there is none"))
                .findFirst();
    }

    private static boolean isMissing(MatchResult found) {
        String source = found.group(2);
        return found.group(1).equals("env") ? System.getenv(source) == null : !Files.isReadable(Path.of(source));
    }
}
