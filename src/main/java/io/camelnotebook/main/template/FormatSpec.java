package io.camelnotebook.main.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's format specification mini-language, read: {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}.
 * What is not given is {@link #NONE}, and a precision of -1.
 */
record FormatSpec(
        String source,
        String fill,
        char align,
        char sign,
        boolean positiveZero,
        boolean alternate,
        int width,
        char grouping,
        int precision,
        char type) {

    static final char NONE = 0;

    /** Far more than any path can have, and little enough to be made without harm. */
    private static final int MAX_LENGTH = 10_000;

    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?(?<zero>0)?(?<width>\\d+)?"
                    + "(?<grouping>[,_])?(?:\\.(?<precision>\\d+))?(?<type>[a-zA-Z%])?",
            Pattern.DOTALL);

    /** Reads one for values that are aligned so unless it says otherwise. */
    static FormatSpec parse(String spec, char defaultAlign) {
        Matcher matcher = SYNTAX.matcher(spec);
        if (!matcher.matches()) {
            throw new TemplateException(
                    "':" + spec + "' is no format; expected one of Python's, such as ':03d', ':.2f'" + " or ':>10'");
        }
        boolean zeroFill = matcher.group("zero") != null && matcher.group("fill") == null;
        String fill = matcher.group("fill") != null ? matcher.group("fill") : zeroFill ? "0" : " ";
        char align = character(matcher.group("align"));
        if (align == NONE) {
            align = zeroFill && defaultAlign == '>' ? '=' : defaultAlign;
        }
        return new FormatSpec(
                spec,
                fill,
                align,
                character(matcher.group("sign")),
                matcher.group("z") != null,
                matcher.group("alternate") != null,
                number(matcher.group("width"), 0, spec),
                character(matcher.group("grouping")),
                number(matcher.group("precision"), -1, spec),
                character(matcher.group("type")));
    }

    private static char character(@Nullable String text) {
        return text == null ? NONE : text.charAt(0);
    }

    private static int number(@Nullable String digits, int ifNone, String spec) {
        if (digits == null) {
            return ifNone;
        }
        if (digits.length() > 9 || Integer.parseInt(digits) > MAX_LENGTH) {
            throw new TemplateException("':" + spec + "' asks for more than " + MAX_LENGTH + " characters");
        }
        return Integer.parseInt(digits);
    }

    /** Fills text up to the width; where the fill goes after a sign, there is none. */
    String pad(String text) {
        return pad("", text);
    }

    /** The same for a number in two parts: what stands before the digits, and the digits. */
    String pad(String prefix, String digits) {
        int missing = Math.max(0, width - prefix.length() - digits.codePointCount(0, digits.length()));
        return switch (align) {
            case '<' -> prefix + digits + fill.repeat(missing);
            case '^' -> fill.repeat(missing / 2) + prefix + digits + fill.repeat(missing - missing / 2);
            case '=' -> prefix + fill.repeat(missing) + digits;
            default -> fill.repeat(missing) + prefix + digits;
        };
    }

    /** Whether zeros fill the number up, so that they are grouped like its own digits. */
    boolean fillsWithDigits() {
        return align == '=' && fill.equals("0");
    }
}
