package io.camelnotebook.main;

/** What the commands end with. */
final class ExitStatus {

    /** All succeeded. */
    static final int OK = 0;

    /** Some job did not succeed. */
    static final int FAILED = 1;

    /** A usage or config error; nothing was run. */
    static final int USAGE = 2;

    /** Interrupted by Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
