package io.camelnotebook.kernel;

/** Tells when a kernel puts out so many small pieces that it is cheaper to read them together. Not thread-safe. */
final class FloodWatch {

    /** So often in a row a kernel is heard at once; more than that, nothing being asked, is a flood. */
    private static final int HEARD_AT_ONCE = 32;

    /** Who brings more than that at once is to go on without a rest. */
    private static final int SMALL = 1 << 15;

    private int heardInARow;

    /** The kernel is asked something, whose answer is not to wait. */
    void asked() {
        heardInARow = 0;
    }

    /** Whether to read nothing for a moment, now that so many bytes came. */
    boolean isFlood(int count) {
        return count > 0 && count < SMALL && ++heardInARow > HEARD_AT_ONCE;
    }
}
