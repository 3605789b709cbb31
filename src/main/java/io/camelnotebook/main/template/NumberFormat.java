package io.camelnotebook.main.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers in the formats that Python has for them. */
final class NumberFormat {

    private final FormatSpec spec;

    private NumberFormat(FormatSpec spec) {
        this.spec = spec;
    }

    static String format(JsonNode number, FormatSpec spec) {
        NumberFormat format = new NumberFormat(spec);
        if (number.isFloatingPointNumber()) {
            return format.floating(number.doubleValue());
        }
        BigInteger whole =
                number.isBoolean() ? BigInteger.valueOf(number.booleanValue() ? 1 : 0) : number.bigIntegerValue();
        if ("eEfFgG%".indexOf(spec.type()) < 0) {
            return format.whole(whole);
        }
        if (Double.isInfinite(whole.doubleValue())) {
            throw format.refused("the number is too large for a floating point format");
        }
        return format.floating(whole.doubleValue());
    }

    private String whole(BigInteger number) {
        if (spec.precision() >= 0) {
            throw refused("whole numbers have no precision; write ':.2f' for decimals");
        }
        if (spec.positiveZero()) {
            throw refused("whole numbers have no negative zero");
        }
        if (spec.type() == 'c') {
            return character(number);
        }
        int radix = radix();
        if ((spec.grouping() == ',' && radix != 10) || (spec.grouping() != FormatSpec.NONE && spec.type() == 'n')) {
            throw refused("'" + spec.grouping() + "' does not go with '" + spec.type() + "'");
        }
        String digits = number.abs().toString(radix);
        String base = spec.alternate() && radix != 10 ? "0" + spec.type() : "";
        if (spec.type() == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        String prefix = sign(number.signum() < 0) + base;
        return spec.pad(prefix, grouped(digits, radix == 10 ? 3 : 4, spec.width() - prefix.length()));
    }

    private int radix() {
        return switch (spec.type()) {
            case FormatSpec.NONE, 'd', 'n' -> 10;
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> throw refused("expected one of b, c, d, o, x, X, n, e, f, g, %");
        };
    }

    private String character(BigInteger number) {
        boolean isCharacter =
                number.signum() >= 0 && number.bitLength() < 32 && Character.isValidCodePoint(number.intValue());
        if (!isCharacter || spec.sign() != FormatSpec.NONE || spec.alternate() || spec.grouping() != FormatSpec.NONE) {
            throw refused("expected the number of a character");
        }
        return spec.pad(Character.toString(number.intValue()));
    }

    private String floating(double number) {
        if ("eEfFgGn%".indexOf(spec.type()) < 0 && spec.type() != FormatSpec.NONE) {
            throw refused("expected one of e, E, f, F, g, G, n, %");
        }
        if (spec.type() == 'n' && spec.grouping() != FormatSpec.NONE) {
            throw refused("'" + spec.grouping() + "' does not go with 'n'");
        }
        String text = new FloatDigits(spec.type(), spec.precision(), spec.alternate()).of(Math.abs(number));
        boolean isNegative = Double.doubleToRawLongBits(number) < 0 && !Double.isNaN(number);
        if (spec.positiveZero() && text.chars().noneMatch(c -> (c >= '1' && c <= '9') || c == 'n' || c == 'N')) {
            isNegative = false;
        }
        String prefix = sign(isNegative);
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String rest = text.substring(end);
        return spec.pad(
                prefix,
                end == 0
                        ? rest
                        : grouped(text.substring(0, end), 3, spec.width() - prefix.length() - rest.length()) + rest);
    }

    private String sign(boolean isNegative) {
        if (isNegative) {
            return "-";
        }
        return spec.sign() == '+' || spec.sign() == ' ' ? String.valueOf(spec.sign()) : "";
    }

    private String grouped(String digits, int size, int width) {
        if (spec.grouping() == FormatSpec.NONE) {
            return digits;
        }
        String filled = digits;
        while (spec.fillsWithDigits() && filled.length() + (filled.length() - 1) / size < width) {
            filled = "0" + filled;
        }
        StringBuilder grouped = new StringBuilder(filled);
        for (int at = filled.length() - size; at > 0; at -= size) {
            grouped.insert(at, spec.grouping());
        }
        return grouped.toString();
    }

    private TemplateException refused(String why) {
        return new TemplateException("':" + spec.source() + "' is no format for this number: " + why);
    }
}
