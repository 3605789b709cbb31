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

    /**
     * Shows in the given style.
     *
     * @param severalRuns whether there may be more than one
     */
    static Progress of(Style style, Console console, boolean severalRuns) {
        return switch (style) {
            case AUTO ->
                Console.isTerminal() ? new ProgressBar(console, severalRuns) : new ProgressLines(console, severalRuns);
            case PLAIN -> new ProgressLines(console, severalRuns);
            case JSON -> new ProgressJson(console);
            case NONE -> new Progress() {};
        };
    }

    /** Nothing will follow. */
    @Override
    default void close() {}
}
