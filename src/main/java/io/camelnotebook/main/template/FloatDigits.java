package io.camelnotebook.main.template;

import io.camelnotebook.notebook.PythonFloat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * The digits of floating point numbers that are not negative, as Python writes them: rounded from the exact value, half
 * to even.
 *
 * @param type one of {@code eEfFgGn%}, or {@link FormatSpec#NONE}
 * @param precision -1 for the type's own
 * @param alternate whether point and trailing zeros stay where they could be left out
 */
record FloatDigits(char type, int precision, boolean alternate) {

    private static final int DEFAULT_PRECISION = 6;

    String of(double number) {
        String text = switch (Character.toLowerCase(type)) {
            case 'e' -> scientific(number);
            case 'f' -> fixed(number);
            case '%' -> fixed(number * 100) + "%";
            case FormatSpec.NONE -> precision < 0 ? shortest(number) : general(number, Math.max(1, precision), true);
            default -> general(number, precision < 0 ? DEFAULT_PRECISION : Math.max(1, precision), false);
        };
        return Character.isUpperCase(type) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private String shortest(double number) {
        String text = PythonFloat.repr(number);
        int exponent = text.indexOf('e');
        boolean needsPoint = alternate && exponent >= 0 && text.indexOf('.') < 0;
        return needsPoint ? text.substring(0, exponent) + "." + text.substring(exponent) : text;
    }

    private String fixed(double number) {
        if (!Double.isFinite(number)) {
            return PythonFloat.repr(number);
        }
        int decimals = precision < 0 ? DEFAULT_PRECISION : precision;
        String text = new BigDecimal(number)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        return alternate && decimals == 0 ? text + "." : text;
    }

    private String scientific(double number) {
        if (!Double.isFinite(number)) {
            return PythonFloat.repr(number);
        }
        Rounded rounded = Rounded.of(number, (precision < 0 ? DEFAULT_PRECISION : precision) + 1);
        return rounded.scientific(rounded.digits(), alternate);
    }

    /** Fixed where that is short, and else scientific; a number of no type always has decimals when it is fixed. */
    private String general(double number, int digits, boolean ofNoType) {
        if (!Double.isFinite(number)) {
            return PythonFloat.repr(number);
        }
        Rounded rounded = Rounded.of(number, digits);
        String significant = alternate ? rounded.digits() : rounded.digits().replaceFirst("(?<=.)0+$", "");
        if (rounded.exponent() < -4 || rounded.exponent() >= (ofNoType ? digits - 1 : digits)) {
            return rounded.scientific(significant, alternate);
        }
        return rounded.fixed(significant, alternate, ofNoType);
    }

    /**
     * A number rounded to significant digits.
     *
     * @param digits as many as were asked for
     * @param exponent of the first of them
     */
    private record Rounded(String digits, int exponent) {

        static Rounded of(double number, int digits) {
            if (number == 0) {
                return new Rounded("0".repeat(digits), 0);
            }
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            String found = rounded.unscaledValue().toString();
            int exponent = found.length() - 1 - rounded.scale();
            return new Rounded(found + "0".repeat(Math.max(0, digits - found.length())), exponent);
        }

        String scientific(String significant, boolean alternate) {
            String fraction = significant.length() > 1 || alternate ? "." + significant.substring(1) : "";
            return significant.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                    + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }

        String fixed(String significant, boolean alternate, boolean withDecimals) {
            if (exponent < 0) {
                return "0." + "0".repeat(-exponent - 1) + significant;
            }
            int point = exponent + 1;
            String padded = significant + "0".repeat(Math.max(0, point - significant.length()));
            String fraction = padded.substring(point);
            if (fraction.isEmpty()) {
                return padded + (withDecimals ? ".0" : alternate ? "." : "");
            }
            return padded.substring(0, point) + "." + fraction;
        }
    }
}
