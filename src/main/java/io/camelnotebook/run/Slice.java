package io.camelnotebook.run;

/**
 * Some items of a map, one after the other.
 *
 * @param first the number of the first among all items, from 0
 * @param items how many, from 1
 * @param from where they begin: a byte of the file with the items, or a number in the range
 * @param to where they end, in the same way
 */
record Slice(long first, int items, long from, long to) {

    /** The first of them. */
    Slice first(int done, long next) {
        return new Slice(first, done, from, next);
    }

    /** What is left when the first of them are done. */
    Slice after(int done, long next) {
        return new Slice(first + done, items - done, next, to);
    }
}
