package io.camelnotebook.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFloatTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "0.0, 0.0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "-2.5, -2.5",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000123, 0.000123",
        "1.5e-7, 1.5e-07",
        "123456789.125, 123456789.125",
        "1e15, 1000000000000000.0",
        "9999999999999998, 9999999999999998.0",
        "1e16, 1e+16",
        "12345678901234567890, 1.2345678901234567e+19",
        "1e100, 1e+100",
        "2e23, 2e+23",
        "1e23, 1e+23",
        "4.9e-324, 5e-324",
        "9.9e-324, 1e-323",
        "1.5e-323, 1.5e-323",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "2e-3, 0.002",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void numbersAreWrittenAsPythonWritesThem(double number, String expected) {
        assertThat(PythonFloat.repr(number)).isEqualTo(expected);
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameNumber() {
        new java.util.Random(7)
                .longs(20_000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .forEach(number ->
                        assertThat(Double.parseDouble(PythonFloat.repr(number))).isEqualTo(number));
    }
}
