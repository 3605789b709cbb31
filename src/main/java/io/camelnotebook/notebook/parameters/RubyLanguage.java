package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.PythonFloat;

/** Ruby. */
final class RubyLanguage extends ParameterLanguage {

    RubyLanguage() {
        super(
                "Ruby",
                NameRule.unicode("BEGIN END __ENCODING__ __FILE__ __LINE__ alias and begin break case class def do else"
                        + " elsif end ensure false for if in module next nil not or redo rescue retry return self super"
                        + " then true undef unless until when while yield"));
    }

    @Override
    String nullLiteral() {
        return "nil";
    }

    @Override
    String real(double value) {
        if (Double.isNaN(value)) {
            return "Float::NAN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Float::INFINITY" : "-Float::INFINITY";
        }
        return PythonFloat.repr(value);
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting.commonAnd('#'), Quoting::braced);
    }

    @Override
    String list(JsonNode list) {
        return "[" + elements(list, ", ") + "]";
    }

    @Override
    String object(JsonNode object) {
        return "{" + fields(object, ", ", (name, value) -> name + " => " + value) + "}";
    }
}
