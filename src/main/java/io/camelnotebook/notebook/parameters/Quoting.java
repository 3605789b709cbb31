package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Text between quotes, with the characters escaped that a source file cannot hold as they are. */
final class Quoting {

    private Quoting() {}

    /**
     * Text between double quotes.
     *
     * @param special escapes of a language's own, for what would not stand for itself; null for the others
     * @param unprintable the escape of a code point that is invisible: control and format characters, unassigned ones,
     *     and surrogates without their other half
     */
    static String doubleQuoted(String text, IntFunction<@Nullable String> special, IntFunction<String> unprintable) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            String escape = special.apply(c);
            if (escape != null) {
                literal.append(escape);
            } else if (isUnprintable(c)) {
                literal.append(unprintable.apply(c));
            } else {
                literal.appendCodePoint(c);
            }
        });
        return literal.append('"').toString();
    }

    /** The escapes that nearly all languages share. */
    static @Nullable String common(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> null;
        };
    }

    /** The common escapes, and a backslash before one more character, such as the dollar that interpolates. */
    static IntFunction<@Nullable String> commonAnd(char interpolating) {
        return c -> c == interpolating ? "\\" + interpolating : common(c);
    }

    /** As {@code u} with four digits, in two halves beyond the basic plane. */
    static String utf16(int c) {
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            escape.append(hex("\\u%04x", unit));
        }
        return escape.toString();
    }

    /** As {@code u} with four digits, or {@code U} with eight; unpaired surrogates are inexpressible. */
    static String shortOrLong(int c) {
        refuseSurrogate(c);
        return c > 0xffff ? hex("\\U%08x", c) : hex("\\u%04x", c);
    }

    /** As {@code u} and braces; unpaired surrogates are inexpressible. */
    static String braced(int c) {
        refuseSurrogate(c);
        return hex("\\u{%x}", c);
    }

    /** Its bytes in UTF-8, each in the given format; unpaired surrogates are inexpressible. */
    static String utf8(String format, int c) {
        refuseSurrogate(c);
        StringBuilder escape = new StringBuilder();
        for (byte unit : Character.toString(c).getBytes(UTF_8)) {
            escape.append(hex(format, unit & 0xff));
        }
        return escape.toString();
    }

    static String hex(String format, int c) {
        return String.format(Locale.ROOT, format, c);
    }

    static void refuseSurrogate(int c) {
        if (Character.getType(c) == Character.SURROGATE) {
            throw new InexpressibleValueException(
                    "text in this language cannot hold half of a surrogate pair (" + hex("U+%04X", c) + ")");
        }
    }

    static void refuseNul(int c) {
        if (c == 0) {
            throw new InexpressibleValueException("text in this language cannot hold the character NUL");
        }
    }

    static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
