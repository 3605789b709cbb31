package io.camelnotebook.notebook.parameters;

import java.math.BigInteger;

/** A typed language of the JVM or of .NET, where whole numbers are of 32 bits, of 64 with an L, or objects. */
abstract sealed class ManagedLanguage extends TypedLanguage
        permits CSharpLanguage, FSharpLanguage, JavaLanguage, KotlinLanguage, ScalaLanguage {

    private final String bigInteger;

    /**
     * @param bigInteger the function or constructor that makes a number of more than 64 bits of its digits
     */
    ManagedLanguage(String displayName, NameRule names, NonFinite nonFinite, String bigInteger) {
        super(displayName, names, nonFinite);
        this.bigInteger = bigInteger;
    }

    @Override
    String integer(BigInteger value, ValueType.Kind width) {
        return switch (width) {
            case INT32 -> value.toString();
            case INT64 -> value + "L";
            default -> bigInteger + "(\"" + value + "\")";
        };
    }
}
