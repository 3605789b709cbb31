package io.camelnotebook.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that the settings have names for, so that config files carry neither their addresses nor their
 * passwords: {@code notebook.destination.NAME} is a URI, and {@code notebook.destination.NAME.OPTION} an option of it, whose
 * value is looked up only when a file is sent. Immutable.
 */
public final class NamedDestinations {

    private static final String PREFIX = "notebook.destination.";
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\{\\{(env|file):([^}]+)}}");

    /** Options of ours, for every scheme whose component takes {@code sslContextParameters}. */
    private static final Set<String> TRUST = Set.of("trustStore", "trustStorePassword");

    private final Map<String, String> uris = new TreeMap<>();
    private final Map<String, Set<String>> options = new TreeMap<>();
    private final Properties settings;
    private final @Nullable Set<String> received;

    /** Those of some settings, in which nothing is filled in yet. */
    public NamedDestinations(Properties settings) {
        this(settings, null);
    }

    private NamedDestinations(Properties settings, @Nullable Set<String> received) {
        this.settings = settings;
        this.received = received;
        for (String key : settings.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                add(key, key.substring(PREFIX.length()));
            }
        }
    }

    /** Those of them that configs which come as messages may use. */
    public NamedDestinations ofReceived(Set<String> names) {
        return new NamedDestinations(settings, Set.copyOf(names));
    }

    private void add(String key, String name) {
        int dot = name.indexOf('.');
        if (received != null && !received.contains(dot < 0 ? name : name.substring(0, dot))) {
            return;
        }
        if (dot < 0) {
            uris.put(name, settings.getProperty(key).strip());
        } else {
            options.computeIfAbsent(name.substring(0, dot), any -> new TreeSet<>())
                    .add(name.substring(dot + 1));
        }
    }

    /** Why there is nothing to send to under a name that is not there. */
    String unknown(String name) {
        String there = uris.isEmpty() ? "none" : String.join(", ", uris.keySet());
        // Whoever sends it need not know which others there are.
        return received != null && !received.contains(name)
                ? "configs that come as messages may not publish to '" + name
                        + "'; of the named destinations they may to: " + there
                        + "; if it is meant, add it to notebook.received.destinations in application.properties"
                : "there is no destination '" + name + "'; there are: " + there + "; set " + PREFIX + name
                        + " to its URI in application.properties";
    }

    /** The names of those that bring certificates to trust in: {@code trustStore} is a file, PKCS #12 or JKS. */
    public List<String> withTrustStore() {
        return uris.keySet().stream().filter(name -> has(name, "trustStore")).toList();
    }

    /** What Camel's registry calls the certificates that a destination trusts in. */
    public static String trustName(String name) {
        return PREFIX + name + ".trust";
    }

    /** The URI as it is set; empty if there is no such name. */
    Optional<String> address(String name) {
        return Optional.ofNullable(uris.get(name));
    }

    /** An option as it is set, with what is still to be looked up; empty if it is not set. */
    public Optional<String> option(String name, String option) {
        return Optional.ofNullable(settings.getProperty(PREFIX + name + '.' + option));
    }

    private boolean has(String name, String option) {
        return options.getOrDefault(name, Set.of()).contains(option);
    }

    /** The URI to send to, in which Camel looks up the options in the settings; empty if there is no such name. */
    Optional<String> uri(String name) {
        return address(name).map(uri -> {
            StringBuilder full = new StringBuilder(uri);
            if (has(name, "trustStore")) {
                append(full, "sslContextParameters", "#" + trustName(name));
            }
            Set<String> ours = ours(uri);
            for (String option : options.getOrDefault(name, Set.of())) {
                if (!TRUST.contains(option) && !ours.contains(option)) {
                    append(full, option, "#property:" + PREFIX + name + '.' + option);
                }
            }
            return full.toString();
        });
    }

    private static void append(StringBuilder uri, String option, String value) {
        uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(option).append('=').append(value);
    }

    /** Options that are not the component's but are dealt with here. */
    private static Set<String> ours(String uri) {
        return switch (scheme(uri)) {
            case "http", "https" -> HttpAuthorization.OPTIONS;
            case "jdbc" -> DatabaseDestination.OPTIONS;
            default -> Set.of();
        };
    }

    private static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    /** Why nothing can be sent to a name that there is: what its settings are taken from is not there; empty if all is well. */
    Optional<String> problem(String name) {
        return httpProblem(name)
                .or(() -> trustProblem(name))
                .or(() -> settings.stringPropertyNames().stream()
                        .filter(key -> key.equals(PREFIX + name) || key.startsWith(PREFIX + name + "."))
                        .sorted()
                        .flatMap(key -> FROM_OUTSIDE
                                .matcher(settings.getProperty(key))
                                .results()
                                .filter(NamedDestinations::isMissing)
                                .map(found -> "the setting " + key + " takes its value from "
                                        + (found.group(1).equals("env") ? "the environment variable " : "the file ")
                                        + found.group(2) + ", and there is none"))
                        .findFirst());
    }

    /** It reads options before Camel looks them up, and would send the words of the reference as a password. */
    private Optional<String> httpProblem(String name) {
        String uri = uris.getOrDefault(name, "");
        if (!scheme(uri).startsWith("http")) {
            return Optional.empty();
        }
        Set<String> others = new TreeSet<>(options.getOrDefault(name, Set.of()));
        others.removeAll(TRUST);
        others.removeAll(HttpAuthorization.OPTIONS);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("Camel's HTTP component takes no option from a setting of its own, such as " + PREFIX
                        + name + '.' + String.join(", ", others) + "; username, password, token, trustStore and"
                        + " trustStorePassword may be set so, all others belong into the URI");
    }

    private Optional<String> trustProblem(String name) {
        return option(name, "trustStore")
                .filter(file -> !file.contains("{{") && !Files.isReadable(Path.of(file.strip())))
                .map(file -> "the setting " + PREFIX + name + ".trustStore is " + file.strip()
                        + ", and there is no such file that can be read");
    }

    private static boolean isMissing(MatchResult found) {
        String source = found.group(2);
        return found.group(1).equals("env") ? System.getenv(source) == null : !Files.isReadable(Path.of(source));
    }
}
