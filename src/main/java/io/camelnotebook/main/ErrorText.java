package io.camelnotebook.main;

import java.util.List;
import java.util.regex.Pattern;

/** What stopped a notebook, for people at a terminal. */
final class ErrorText {

    private static final Pattern TERMINAL_ESCAPES = Pattern.compile("\u001b\\[[0-9;]*[A-Za-z]");

    /** A traceback's end says what went wrong; its middle is mostly the libraries'. */
    private static final int LINES_AT_BOTH_ENDS = 12;

    private ErrorText() {}

    /** The error in one line. */
    static String summary(String name, String message) {
        String first = message.lines().findFirst().orElse("");
        return first.isEmpty() ? name : name + ": " + first;
    }

    /** The traceback without colours and without its middle if it is long; the message if there is none. */
    static String of(String name, String message, List<String> traceback) {
        if (traceback.isEmpty()) {
            return name + ": " + message;
        }
        List<String> lines = TERMINAL_ESCAPES
                .matcher(String.join("\n", traceback))
                .replaceAll("")
                .lines()
                .toList();
        if (lines.size() <= 2 * LINES_AT_BOTH_ENDS + 1) {
            return String.join("\n", lines);
        }
        return String.join("\n", lines.subList(0, LINES_AT_BOTH_ENDS))
                + "\n    … " + (lines.size() - 2 * LINES_AT_BOTH_ENDS) + " lines left out …\n"
                + String.join("\n", lines.subList(lines.size() - LINES_AT_BOTH_ENDS, lines.size()));
    }
}
