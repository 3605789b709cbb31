package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks where a config wants records published, as far as that can be told without knowing the destinations: nothing
 * that Camel would fill in or compute, no way up out of a folder, and nothing that can be no place at all.
 */
final class PublishCheck {

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");

    /** A destination that the engine's settings know by a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    /** Camel would look such a value up, in the settings with their secrets among other places. */
    private static final Pattern LOOKUP = Pattern.compile("\\?.*#");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}", Pattern.UNICODE_CHARACTER_CLASS);

    /** Of the file systems that are in use. */
    private static final int LONGEST_NAME = 255;

    private static final Pattern FOLDER = Pattern.compile("(?i)file:(?<path>[^?]*).*");

    private static final Pattern WAY_UP = Pattern.compile("(^|[/\\\\:?&=])\\.\\.($|[/\\\\?&])");

    private final Problems problems;

    PublishCheck(Problems problems) {
        this.problems = problems;
    }

    /** The URIs of a list that the schema allows. Problems are told; the list is complete all the same. */
    List<String> read(JsonNode list, JsonPointer place) {
        List<String> uris = new ArrayList<>();
        for (JsonNode uri : list) {
            check(uri.asText(), place.appendIndex(uris.size()));
            uris.add(uri.asText());
        }
        return uris;
    }

    private void check(String uri, JsonPointer place) {
        if (hasPlaceholder(uri) || hasPlaceholder(decoded(uri))) {
            problems.add(
                    place,
                    "placeholders are not allowed in 'publish': " + Words.quote(uri),
                    "name a destination of the engine's settings, which may have secrets");
        } else if (NAME.matcher(uri).matches()) {
            // Whether there is one is for those to say who know them.
            return;
        } else if (!URI.matcher(uri).matches()) {
            problems.add(
                    place,
                    "expected a URI or a name, found " + Words.quote(uri),
                    "such as file:shared/results, jms:topic:notebook.results, or the name of a destination in the settings");
        } else if (WAY_UP.matcher(uri).find() || WAY_UP.matcher(decoded(uri)).find()) {
            problems.add(place, "'..' is not allowed in 'publish': " + Words.quote(uri), "name the folder directly");
        } else if (CONTROL.matcher(uri).find() || CONTROL.matcher(decoded(uri)).find()) {
            problems.add(
                    place,
                    "control characters are not allowed in 'publish': "
                            + Words.quote(CONTROL.matcher(uri).replaceAll("?")),
                    "leave them out");
        } else {
            checkFolder(uri, place);
        }
    }

    private void checkFolder(String uri, JsonPointer place) {
        Matcher folder = FOLDER.matcher(uri);
        if (!folder.matches()) {
            return;
        }
        try {
            for (Path name : Path.of(folder.group("path"))) {
                if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                    problems.add(
                            place,
                            "no folder can have a name of more than " + LONGEST_NAME + " bytes: " + Words.quote(uri),
                            "choose a shorter one");
                    return;
                }
            }
        } catch (InvalidPathException e) {
            problems.add(
                    place,
                    "no folder can have this name: " + Words.quote(uri) + ": " + e.getReason(),
                    "choose another one, or start the engine with a locale that has its characters, such as LANG=C.UTF-8");
        }
    }

    private static boolean hasPlaceholder(String uri) {
        return uri.contains("{{")
                || uri.contains("${")
                || uri.contains("$simple{")
                || LOOKUP.matcher(uri).find();
    }

    private static String decoded(String uri) {
        try {
            return URLDecoder.decode(uri, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No percent-encoding, so it hides nothing.
            return uri;
        }
    }
}
