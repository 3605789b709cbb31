package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.StringJoiner;

/** Rust, which has no type for a value of several types: lists and objects hold values of one. */
final class RustLanguage extends TypedLanguage {

    private static final int BITS_OF_WIDEST = 128;

    RustLanguage() {
        super(
                "Rust",
                NameRule.unicode("Self _ abstract as async await become box break const continue crate do dyn else enum"
                        + " extern false final fn for gen if impl in let loop macro match mod move mut override priv pub"
                        + " ref return self static struct super trait true try type typeof unsafe unsized use virtual"
                        + " where while yield"),
                new NonFinite("f64::NAN", "f64::INFINITY", "f64::NEG_INFINITY"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "let " + super.assignment(name, value) + ";";
    }

    @Override
    String nullLiteral() {
        throw new InexpressibleValueException(
                "Rust cannot tell the type of a null; leave it out, or give a value that stands for it");
    }

    @Override
    String integer(BigInteger value, ValueType.Kind width) {
        if (value.bitLength() >= BITS_OF_WIDEST) {
            throw new InexpressibleValueException(
                    "whole numbers of Rust have 128 bits, and " + value + " is wider; give it as text");
        }
        return switch (width) {
            case INT32 -> value.toString();
            case INT64 -> value + "i64";
            default -> value + "i128";
        };
    }

    @Override
    String text(String value) {
        return "String::from(" + Quoting.doubleQuoted(value, Quoting::common, Quoting::braced) + ")";
    }

    @Override
    String list(JsonNode list) {
        return "vec![" + elements(list, typeOfAll(list), ", ") + "]";
    }

    @Override
    String object(JsonNode object) {
        ValueType type = typeOfAll(object);
        StringJoiner fields = new StringJoiner(", ", "std::collections::HashMap::from([", "])");
        object.forEachEntry((name, value) -> fields.add("(" + text(name) + ", " + literalAs(value, type) + ")"));
        return fields.toString();
    }

    private static ValueType typeOfAll(JsonNode container) {
        ValueType type = ValueType.ofElements(container);
        if (container.isEmpty()) {
            throw new InexpressibleValueException(
                    "Rust cannot tell the type of an empty list or object; leave it out, or give it as text");
        }
        if (type.holdsAny()) {
            throw new InexpressibleValueException("a list or object of Rust holds values of one type;"
                    + " give each value as a parameter, or the whole as text, for example as JSON");
        }
        return type;
    }
}
