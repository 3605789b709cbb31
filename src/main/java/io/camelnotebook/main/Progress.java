package io.camelnotebook.main;

import io.camelnotebook.run.RunListener;

/** Shows people, or their programs, how runs go on. */
interface Progress extends RunListener, AutoCloseable {

    /** How it is shown. */
    enum Style {
        /** A bar on a terminal, lines elsewhere. */
        AUTO,
        /** A line for everything that happens. */
        PLAIN,
        /** The same as JSON, a line each. */
        JSON,
        /** Not at all; only the table at the end. */
        NONE
    }

    /** Shows in the given style. */
    static Progress of(Style style, Console console) {
        return switch (style) {
            case AUTO -> Console.isTerminal() ? new ProgressBar(console) : new ProgressLines(console);
            case PLAIN -> new ProgressLines(console);
            case JSON -> new ProgressJson(console);
            case NONE -> new Progress() {};
        };
    }

    /** Nothing will follow. */
    @Override
    default void close() {}
}
