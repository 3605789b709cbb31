package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The narrowest type that holds a value, for languages where the elements of a list are all of one type.
 *
 * @param kind of the value
 * @param element the type that the elements of a list, or the values of an object, have in common
 */
record ValueType(Kind kind, Optional<ValueType> element) {

    /** The kinds, the whole numbers in the order of their width. */
    enum Kind {
        NULL,
        BOOLEAN,
        INT32,
        INT64,
        BIG_INTEGER,
        REAL,
        TEXT,
        LIST,
        OBJECT,
        /** Values that have no other kind in common. */
        ANY;

        boolean isInteger() {
            return this == INT32 || this == INT64 || this == BIG_INTEGER;
        }
    }

    static final ValueType ANY = of(Kind.ANY);

    private static final long LARGEST_EXACT_IN_DOUBLE = 1L << 53;

    private static ValueType of(Kind kind) {
        return new ValueType(kind, Optional.empty());
    }

    static ValueType of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> of(Kind.NULL);
            case BOOLEAN -> of(Kind.BOOLEAN);
            case NUMBER -> of(value.isIntegralNumber() ? width(value.bigIntegerValue()) : Kind.REAL);
            case ARRAY -> new ValueType(Kind.LIST, Optional.of(ofElements(value)));
            case OBJECT -> new ValueType(Kind.OBJECT, Optional.of(ofElements(value)));
            default -> of(Kind.TEXT);
        };
    }

    /** The type that all elements of a list, or values of an object, have in common; of none, {@link #ANY}. */
    static ValueType ofElements(JsonNode container) {
        ValueType common = null;
        boolean allExactInDouble = true;
        for (JsonNode element : container) {
            ValueType type = of(element);
            allExactInDouble &= !type.kind.isInteger() || isExactInDouble(element.bigIntegerValue());
            common = common == null ? type : common.join(type);
        }
        if (common == null || (common.kind == Kind.REAL && !allExactInDouble)) {
            return ANY;
        }
        return common;
    }

    static boolean isExactInDouble(BigInteger value) {
        return value.abs().compareTo(BigInteger.valueOf(LARGEST_EXACT_IN_DOUBLE)) <= 0;
    }

    /** Whether a compiler can tell the type of a list from elements of it. */
    boolean isInferred() {
        return kind != Kind.ANY && kind != Kind.NULL;
    }

    /** Whether values inside differ in type. */
    boolean holdsAny() {
        return kind == Kind.ANY || element.filter(ValueType::holdsAny).isPresent();
    }

    private ValueType join(ValueType other) {
        if (equals(other)) {
            return this;
        }
        if (kind.isInteger() && other.kind.isInteger()) {
            return kind.compareTo(other.kind) > 0 ? this : other;
        }
        if ((kind.isInteger() && other.kind == Kind.REAL) || (kind == Kind.REAL && other.kind.isInteger())) {
            return of(Kind.REAL);
        }
        if (kind == Kind.OBJECT && other.kind == Kind.OBJECT) {
            return new ValueType(Kind.OBJECT, Optional.of(ANY));
        }
        return ANY;
    }

    /** The narrowest kind that holds a whole number. */
    static Kind width(BigInteger value) {
        return value.bitLength() < Integer.SIZE
                ? Kind.INT32
                : value.bitLength() < Long.SIZE ? Kind.INT64 : Kind.BIG_INTEGER;
    }
}
