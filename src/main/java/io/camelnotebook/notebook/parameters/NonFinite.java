package io.camelnotebook.notebook.parameters;

/** How a language says the numbers that have no digits. */
record NonFinite(String nan, String infinity, String negativeInfinity) {

    /** Of a language where they are constants, and minus infinity has a minus. */
    static NonFinite of(String nan, String infinity) {
        return new NonFinite(nan, infinity, "-" + infinity);
    }

    /** The literal of a number that is not finite. */
    String literal(double value) {
        return Double.isNaN(value) ? nan : value > 0 ? infinity : negativeInfinity;
    }
}
