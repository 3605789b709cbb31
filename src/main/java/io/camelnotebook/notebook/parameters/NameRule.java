package io.camelnotebook.notebook.parameters;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * What a language takes as the name of a variable.
 *
 * @param description of the characters, to be read after "expected"
 * @param start whether a name may begin with a code point
 * @param part whether a name may go on with a code point
 * @param reserved names that look right and are not
 * @param caseSensitive whether reserved names are reserved only in the case they are given in
 */
record NameRule(
        String description, IntPredicate start, IntPredicate part, Set<String> reserved, boolean caseSensitive) {

    /** ASCII letters, digits and underscores. */
    static NameRule ascii(String reserved) {
        return new NameRule(
                "an ASCII letter or underscore, then ASCII letters, digits or underscores",
                NameRule::startsAscii,
                NameRule::continuesAscii,
                words(reserved),
                true);
    }

    /** Letters of any script, digits and underscores. */
    static NameRule unicode(String reserved) {
        return new NameRule(
                "a letter or underscore, then letters, digits or underscores",
                NameRule::startsUnicode,
                NameRule::continuesUnicode,
                words(reserved),
                true);
    }

    NameRule startingWith(String newDescription, IntPredicate newStart) {
        return new NameRule(newDescription, newStart, part, reserved, caseSensitive);
    }

    NameRule continuingWith(String newDescription, IntPredicate newPart) {
        return new NameRule(newDescription, start, newPart, reserved, caseSensitive);
    }

    NameRule ignoringCase() {
        return new NameRule(description, start, part, reserved, false);
    }

    boolean accepts(String name) {
        return hasRightCharacters(name) && !isReserved(name);
    }

    /** What a name that is refused should have been, to be read after "expected". */
    String expectation(String name) {
        return hasRightCharacters(name) ? "a word that the language does not reserve for itself" : description;
    }

    /** A name close to one that is refused, if there is one. */
    Optional<String> suggestion(String name) {
        StringBuilder parts = new StringBuilder();
        name.codePoints().forEach(c -> parts.appendCodePoint(part.test(c) ? c : '_'));
        String mended = parts.toString().replaceAll("_+", "_").replaceAll("^[_.]|_$", "");
        return mended.isEmpty()
                ? Optional.empty()
                : Stream.of(mended, "p_" + mended).filter(this::accepts).findFirst();
    }

    private boolean hasRightCharacters(String name) {
        return !name.isEmpty()
                && start.test(name.codePointAt(0))
                && name.codePoints().allMatch(part);
    }

    private boolean isReserved(String name) {
        return reserved.contains(caseSensitive ? name : name.toLowerCase(Locale.ROOT));
    }

    private static boolean startsAscii(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean continuesAscii(int c) {
        return startsAscii(c) || (c >= '0' && c <= '9');
    }

    private static boolean startsUnicode(int c) {
        return Character.isUnicodeIdentifierStart(c) || c == '_';
    }

    private static boolean continuesUnicode(int c) {
        return c == '_' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    private static Set<String> words(String spaceSeparated) {
        return Set.of(spaceSeparated.trim().split("\\s+"));
    }
}
