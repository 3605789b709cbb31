package io.camelnotebook.publish.mlflow;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The destinations {@code mlflow:EXPERIMENT}. Thread-safe. */
public final class MlflowComponent extends DefaultComponent {

    private record Place(TrackingServer server, Duration timeout, String experiment) {}

    private final Map<Place, Experiment> experiments = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        MlflowEndpoint endpoint = new MlflowEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The same one for all endpoints that mean it, so that a pipeline's run is begun there once. */
    Experiment experiment(TrackingServer server, Duration timeout, String name) {
        return experiments.computeIfAbsent(
                new Place(server, timeout, name), place -> new Experiment(new TrackingClient(server, timeout), name));
    }
}
