package io.camelnotebook.publish.mlflow;

import java.util.Optional;

/** What those who check destinations need to know of {@code mlflow:}. */
public final class MlflowDestinations {

    /** The scheme of the URIs. */
    public static final String SCHEME = "mlflow";

    private MlflowDestinations() {}

    /**
     * Why nothing can be sent to a destination, and what to do about it; empty if all seems well. The server is not asked.
     *
     * @param isNamed whether it is not a config file that says where it is
     */
    public static Optional<String> problem(String uri, boolean isNamed) {
        return TrackingServer.problem(uri, isNamed, System.getenv());
    }
}
