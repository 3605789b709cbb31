package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Bash, where everything is text. */
final class BashLanguage extends ParameterLanguage {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    BashLanguage() {
        super("Bash", NameRule.ascii("BASHOPTS BASH_VERSINFO EUID PPID SHELLOPTS UID _"), NonFinite.of("nan", "inf"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return name + "=" + literal(value);
    }

    @Override
    String nullLiteral() {
        return "";
    }

    /**
     * Plain text between single quotes, where nothing is expanded, not even the history; invisible characters as
     * escapes, since a terminal between the kernel and bash would act on some, and the kernel takes others for the end
     * of a line.
     */
    @Override
    String text(String value) {
        if (NEEDS_NO_QUOTES.matcher(value).matches()) {
            return value;
        }
        StringBuilder word = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        value.codePoints().forEach(c -> {
            Quoting.refuseNul(c);
            Quoting.refuseSurrogate(c);
            if (Quoting.isUnprintable(c)) {
                word.append(singleQuoted(plain))
                        .append("$'")
                        .append(Quoting.utf8("\\x%02x", c))
                        .append('\'');
                plain.setLength(0);
            } else if (c == '\'') {
                word.append(singleQuoted(plain)).append("\\'");
                plain.setLength(0);
            } else {
                plain.appendCodePoint(c);
            }
        });
        word.append(singleQuoted(plain));
        return word.isEmpty() ? "''" : word.toString();
    }

    private static String singleQuoted(StringBuilder plain) {
        return plain.isEmpty() ? "" : "'" + plain + "'";
    }

    @Override
    String list(JsonNode list) {
        StringJoiner elements = new StringJoiner(" ", "(", ")");
        for (JsonNode element : list) {
            if (element.isContainerNode()) {
                throw new InexpressibleValueException(
                        "an array of Bash cannot hold lists or objects; give it as text, for example as JSON");
            }
            elements.add(element.isNull() ? "''" : literal(element));
        }
        return elements.toString();
    }

    @Override
    String object(JsonNode object) {
        throw new InexpressibleValueException(
                "Bash has no objects; give each field as a parameter, or the whole as text, for example as JSON");
    }
}
