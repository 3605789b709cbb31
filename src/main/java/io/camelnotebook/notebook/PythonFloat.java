package io.camelnotebook.notebook;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;

/** Floating point numbers as text, written as Python's {@code repr} writes them. */
public final class PythonFloat {

    // Below, Java insists on two digits where one would do: 4.9E-324 for 5e-324.
    private static final double FEW_DIGITS_ARE_ENOUGH = 1e-320;

    private PythonFloat() {}

    /**
     * The shortest text that reads back as the same number: {@code 1.0}, {@code 1e+16}, {@code 5e-324}; and
     * {@code nan}, {@code inf} or {@code -inf}.
     */
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign + layOut(digits, digits.length() - shortest.scale());
    }

    private static BigDecimal shortest(double value) {
        if (value == 0 || value > FEW_DIGITS_ARE_ENOUGH) {
            // Jackson's, because Double.toString of Java 17 does not always find the shortest digits.
            return new BigDecimal(NumberOutput.toString(value, true));
        }
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; ; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
    }

    /** Lays out 0.digits times ten to the power of {@code decimalPoint}. */
    private static String layOut(String digits, int decimalPoint) {
        if (decimalPoint > 16 || decimalPoint < -3) {
            int exponent = decimalPoint - 1;
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String padding = Math.abs(exponent) < 10 ? "0" : "";
            return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + padding + Math.abs(exponent);
        }
        if (decimalPoint <= 0) {
            return "0." + "0".repeat(-decimalPoint) + digits;
        }
        if (digits.length() <= decimalPoint) {
            return digits + "0".repeat(decimalPoint - digits.length()) + ".0";
        }
        return digits.substring(0, decimalPoint) + "." + digits.substring(decimalPoint);
    }
}
