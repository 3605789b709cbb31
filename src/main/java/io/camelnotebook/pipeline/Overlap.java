package io.camelnotebook.pipeline;

import java.util.Locale;

/** What becomes of a schedule's time at which its run before still goes on. */
public enum Overlap {
    /** It makes no run. */
    SKIP,
    /** Its run begins when the one before has ended. */
    QUEUE,
    /** Both run at once. */
    ALLOW;

    static Overlap named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As config files call it. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
