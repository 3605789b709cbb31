package io.camelnotebook.publish;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a destination is.
 *
 * @param destination the URI or name as it is in the config
 * @param uri the URI, without the options that have settings of their own
 * @param full the URI with them, as references that Camel looks up in the settings
 * @param isNamed whether it is not a config file that says where it is
 * @param options as they are set, with what is still to be looked up; none if it has no name
 */
record Address(String destination, String uri, String full, boolean isNamed, Map<String, String> options) {

    String scheme() {
        return scheme(uri);
    }

    static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    DestinationKind kind() {
        return DestinationKind.of(scheme());
    }

    Optional<String> option(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** A URI with another option. */
    static String with(String uri, String option) {
        return uri + (uri.contains("?") ? "&" : "?") + option;
    }
}
