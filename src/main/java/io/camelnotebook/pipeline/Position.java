package io.camelnotebook.pipeline;

/** A place in a text: line and column, both from 1. */
record Position(int line, int column) {

    /** The place of the character at {@code offset}. */
    static Position of(String text, int offset) {
        int line = 1;
        int start = 0;
        for (int newline = text.indexOf('\n'); newline >= 0 && newline < offset; ) {
            line++;
            start = newline + 1;
            newline = text.indexOf('\n', start);
        }
        return new Position(line, offset - start + 1);
    }
}
