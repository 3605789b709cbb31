package io.camelnotebook.publish.mlflow;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** An experiment as a destination: {@code mlflow:EXPERIMENT}. */
public final class MlflowEndpoint extends DefaultEndpoint {

    private final MlflowComponent mlflow;
    private final String experiment;
    private String trackingUri = "";
    private String username = "";
    private String password = "";
    private String token = "";
    private long timeout = 60_000;
    private boolean html = true;

    MlflowEndpoint(String uri, MlflowComponent component, String experiment) {
        super(uri, component);
        this.mlflow = component;
        this.experiment = experiment;
    }

    /** Where the server is. By default the environment says that, and who the engine is to it. */
    public void setTrackingUri(String trackingUri) {
        this.trackingUri = trackingUri;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public void setToken(String token) {
        this.token = token;
    }

    /** Whether executed notebooks are shown as pages, too, which is of interest to those who make them. */
    public void setHtml(boolean html) {
        this.html = html;
    }

    public boolean isHtml() {
        return html;
    }

    /** Milliseconds within which the server must answer a request. */
    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    /** Who the engine is by the environment is for no other server to know than that of the environment. */
    private TrackingServer server() {
        Map<String, String> environment = System.getenv();
        if (!trackingUri.isEmpty()) {
            return TrackingServer.of(trackingUri, username, password, token);
        }
        if ((username + password + token).isEmpty()) {
            return TrackingServer.of(environment);
        }
        return TrackingServer.of(environment.getOrDefault(TrackingServer.URI_VARIABLE, ""), username, password, token);
    }

    @Override
    public Producer createProducer() {
        return new MlflowProducer(this, mlflow.experiment(server(), Duration.ofMillis(timeout), experiment));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing comes from mlflow:, runs only go there");
    }
}
