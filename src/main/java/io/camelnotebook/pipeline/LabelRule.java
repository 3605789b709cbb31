package io.camelnotebook.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which texts may be labels: a label becomes a folder, so it must be one name that any file system takes. */
final class LabelRule {

    static final String RULE = "a label is the name of a folder: 1 to 100 characters (200 bytes in UTF-8), without"
            + " '/', '\\' and control characters, not '.' or '..', no space at either end";
    static final int MAX_CHARACTERS = 100;
    static final int MAX_BYTES = 200;

    private LabelRule() {}

    /** Why the text is no label; empty when it is one. */
    static Optional<String> violation(String label) {
        if (label.isEmpty()) {
            return Optional.of("the label is empty");
        }
        if (label.equals(".") || label.equals("..")) {
            return Optional.of("the label is " + Words.quote(label) + ", which names another folder");
        }
        if (label.indexOf('/') >= 0 || label.indexOf('\\') >= 0) {
            return Optional.of("the label " + Words.quote(label) + " contains a slash");
        }
        if (label.codePoints().anyMatch(LabelRule::isForbidden)) {
            return Optional.of("the label " + Words.quote(label) + " contains a control character");
        }
        if (!label.strip().equals(label)) {
            return Optional.of("the label " + Words.quote(label) + " begins or ends with a space");
        }
        int length = label.codePointCount(0, label.length());
        if (length > MAX_CHARACTERS) {
            return Optional.of("the label is " + length + " characters long");
        }
        int bytes = label.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MAX_BYTES ? Optional.of("the label is " + bytes + " bytes long in UTF-8") : Optional.empty();
    }

    /** Whether no label may contain the character: also half of a surrogate pair, which no file system stores. */
    static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> codePoint == '/' || codePoint == '\\';
        };
    }
}
