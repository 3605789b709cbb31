package io.camelnotebook.pipeline;

import java.util.Locale;

/** What becomes of a schedule's times that passed while nothing watched. */
public enum Misfire {
    /** However many there were, they make one run. */
    RUN_ONCE,
    /** They make none. */
    SKIP;

    static Misfire named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As config files call it. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
