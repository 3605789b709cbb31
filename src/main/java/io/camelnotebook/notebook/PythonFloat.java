package io.camelnotebook.notebook;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Floating point numbers as text, written as Python's {@code repr} writes them. */
public final class PythonFloat {

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
        // Jackson's, because Double.toString of Java 17 does not always find the shortest digits.
        String java = NumberOutput.toString(Math.abs(value), true);
        int e = java.indexOf('E');
        int point = java.indexOf('.');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10);
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int leadingZeros = 0;
        while (leadingZeros < digits.length() - 1 && digits.charAt(leadingZeros) == '0') {
            leadingZeros++;
        }
        int end = digits.length();
        while (end > leadingZeros + 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        String significant = oneDigitIfEnough(digits.substring(leadingZeros, end), java);
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign + layOut(significant, value == 0 ? 1 : point - leadingZeros + exponent);
    }

    /** Java insists on two digits where one would do: 4.9E-324 for 5e-324. */
    private static String oneDigitIfEnough(String significant, String java) {
        if (significant.length() != 2 || !java.contains("E-32")) {
            return significant;
        }
        String rounded = Integer.toString((Integer.parseInt(significant) + 5) / 10);
        String shorter = rounded + java.substring(java.indexOf('E'));
        return Double.parseDouble(shorter) == Double.parseDouble(java) ? rounded : significant;
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
