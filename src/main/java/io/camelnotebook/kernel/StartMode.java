package io.camelnotebook.kernel;

import java.util.Locale;

/** How kernels are started. */
public enum StartMode {
    /** As a fork of a process that has made all of a kernel that can be made ahead. */
    FORK,
    /** As a process of its own that was started before it was asked for. */
    WARM,
    /** As a process of its own, when it is asked for. */
    FRESH;

    /** Its name in options, settings and records. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
