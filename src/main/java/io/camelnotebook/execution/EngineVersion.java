package io.camelnotebook.execution;

import java.util.Objects;

/** The version of this engine, as it stands in its jar. */
public final class EngineVersion {

    private EngineVersion() {}

    /** Such as {@code 0.1.0}; {@code development} when it does not run from its jar. */
    public static String get() {
        return Objects.requireNonNullElse(EngineVersion.class.getPackage().getImplementationVersion(), "development");
    }
}
