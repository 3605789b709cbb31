package io.camelnotebook.pipeline;

import java.util.Locale;

/** What a job with a map does when its function fails for an item. */
public enum OnItemError {
    /** The error becomes the item's result, and the others go on. */
    RECORD,
    /** The job fails with that error. */
    STOP;

    static OnItemError named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
