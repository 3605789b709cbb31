package io.camelnotebook.main.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.time.temporal.Temporal;

/** Writes a value in a format, as Python's {@code format} does for the type that the value has there. */
final class ValueFormat {

    private ValueFormat() {}

    static String format(JsonNode value, String format) {
        if (format.isEmpty()) {
            return PythonText.str(value);
        }
        if (value instanceof POJONode node && node.getPojo() instanceof Temporal time) {
            return TimeFormat.format(time, format);
        }
        if (value.isTextual()) {
            return text(value.textValue(), FormatSpec.parse(format, '<'));
        }
        if (value.isNumber() || value.isBoolean()) {
            return NumberFormat.format(value, FormatSpec.parse(format, '>'));
        }
        throw new TemplateException("':" + format + "' is no format for " + PythonText.repr(value)
                + ": only text, numbers and times have one; make it text with !s");
    }

    private static String text(String text, FormatSpec spec) {
        if ((spec.type() != 's' && spec.type() != FormatSpec.NONE)
                || spec.sign() != FormatSpec.NONE
                || spec.grouping() != FormatSpec.NONE
                || spec.align() == '='
                || spec.alternate()
                || spec.positiveZero()) {
            throw new TemplateException("':" + spec.source() + "' is no format for the text " + PythonText.quoted(text)
                    + ": expected fill, alignment, width and precision, such as ':>10' or ':.3'");
        }
        int length = text.codePointCount(0, text.length());
        boolean cut = spec.precision() >= 0 && spec.precision() < length;
        return spec.pad(cut ? text.substring(0, text.offsetByCodePoints(0, spec.precision())) : text);
    }
}
