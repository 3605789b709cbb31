package io.camelnotebook.pipeline;

import java.util.Locale;

/** What a pipeline does when one of its jobs did not succeed. */
public enum OnFailure {
    /** Jobs that don't need the failed one go on. */
    CONTINUE,
    /** Nothing more is started. */
    STOP;

    static OnFailure named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
