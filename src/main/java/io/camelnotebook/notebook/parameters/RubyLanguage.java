package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;

/** Ruby. */
final class RubyLanguage extends ParameterLanguage {

    RubyLanguage() {
        super(
                "Ruby",
                NameRule.unicode("BEGIN END __ENCODING__ __FILE__ __LINE__ alias and begin break case class def do else"
                        + " elsif end ensure false for if in module next nil not or redo rescue retry return self super"
                        + " then true undef unless until when while yield"),
                NonFinite.of("Float::NAN", "Float::INFINITY"));
    }

    @Override
    String nullLiteral() {
        return "nil";
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
