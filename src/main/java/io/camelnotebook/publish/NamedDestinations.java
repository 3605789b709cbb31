package io.camelnotebook.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that the settings have names for, so that config files carry neither their addresses nor their
 * passwords: {@code notebook.destination.NAME} is a URI, and {@code notebook.destination.NAME.OPTION} an option of it, whose
 * value is looked up only when a file is sent. Immutable.
 */
public final class NamedDestinations {

    static final String PREFIX = "notebook.destination.";
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\{\\{(env|file):([^}]+)}}");

    /** Options of ours, for every scheme whose component takes {@code sslContextParameters}. */
    static final Set<String> TRUST = Set.of("trustStore", "trustStorePassword");

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

    /** Where the destination of that name is; empty if there is none. */
    Optional<Address> address(String name) {
        return Optional.ofNullable(uris.get(name))
                .map(uri -> new Address(name, uri, full(name, uri), true, options(name)));
    }

    private Map<String, String> options(String name) {
        return options.getOrDefault(name, Set.of()).stream()
                .collect(Collectors.toMap(
                        option -> option, option -> option(name, option).orElseThrow()));
    }

    /** An option as it is set, with what is still to be looked up; empty if it is not set. */
    public Optional<String> option(String name, String option) {
        return Optional.ofNullable(settings.getProperty(PREFIX + name + '.' + option));
    }

    private boolean has(String name, String option) {
        return options.getOrDefault(name, Set.of()).contains(option);
    }

    private String full(String name, String uri) {
        Set<String> own = DestinationKind.of(Address.scheme(uri)).ownOptions();
        String full = has(name, "trustStore") ? Address.with(uri, "sslContextParameters=#" + trustName(name)) : uri;
        for (String option : options.getOrDefault(name, Set.of())) {
            if (!TRUST.contains(option) && !own.contains(option)) {
                full = Address.with(full, option + "=#property:" + PREFIX + name + '.' + option);
            }
        }
        return full;
    }

    /** Why nothing can be sent to a name that there is: what its settings are taken from is not there; empty if all is well. */
    Optional<String> problem(Address address) {
        String name = address.destination();
        return trustProblem(name)
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
