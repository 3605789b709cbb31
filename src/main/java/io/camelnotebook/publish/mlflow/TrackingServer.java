package io.camelnotebook.publish.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A tracking server, and who the engine is to it.
 *
 * @param uri without a slash at its end, and without a user
 * @param authorization the header by which the server knows the engine; empty if it has no name there
 */
record TrackingServer(String uri, String authorization) {

    static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

    private static final Pattern OPTION_OF_OWNER = Pattern.compile("[?&](trackingUri|username|password|token)=");

    /** The server that MLflow's own environment variables name. */
    static TrackingServer of(Map<String, String> environment) {
        return of(
                environment.getOrDefault(URI_VARIABLE, ""),
                environment.getOrDefault("MLFLOW_TRACKING_USERNAME", ""),
                environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", ""),
                environment.getOrDefault("MLFLOW_TRACKING_TOKEN", ""));
    }

    /**
     * A server with a user and password, or a token, or none of these, which are empty then; the URI may have the user too.
     *
     * @throws IllegalArgumentException if the URI is not one of HTTP; the message does not have it
     */
    static TrackingServer of(String trackingUri, String username, String password, String token) {
        if (!isHttp(trackingUri)) {
            throw new IllegalArgumentException(notHttp());
        }
        URI given = parsed(trackingUri.strip());
        String user = given.getUserInfo();
        String uri = (given.getScheme() + "://" + given.getRawAuthority() + given.getRawPath()).replaceFirst("/+$", "");
        if (user != null) {
            uri = uri.replace(given.getRawUserInfo() + "@", "");
        }
        if (!username.isEmpty() || !password.isEmpty()) {
            return new TrackingServer(uri, basic(username + ":" + password));
        }
        if (!token.isEmpty()) {
            return new TrackingServer(uri, "Bearer " + token);
        }
        return new TrackingServer(uri, user == null ? "" : basic(user));
    }

    private static URI parsed(String uri) {
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            // Its message would repeat what may be a password.
            throw new IllegalArgumentException(notHttp());
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    }

    private static boolean isHttp(String uri) {
        return uri.strip().matches("(?i)https?://[^/\\s]+[^\\s?#]*");
    }

    private static String notHttp() {
        return "the tracking server of MLflow must be given as http://HOST:PORT or https://HOST; what keeps its runs in"
                + " files or a database of its own is reached by way of `mlflow server`";
    }

    /**
     * Why nothing can be sent to a destination, and what to do about it; empty if all seems well.
     *
     * @param isNamed whether it is not a config file that says where it is
     */
    static Optional<String> problem(String destination, boolean isNamed, Map<String, String> environment) {
        if (destination.matches("(?i)mlflow:/*(\\?.*)?")) {
            return Optional.of("the name of an experiment is missing; expected mlflow:EXPERIMENT");
        }
        if (!isNamed && OPTION_OF_OWNER.matcher(destination).find()) {
            return Optional.of(
                    "a config file cannot say where the tracking server is, or who the engine is to it; leave"
                            + " that to " + URI_VARIABLE + ", or give the destination a name: notebook.destination.NAME"
                            + " in application.properties");
        }
        if (destination.contains("trackingUri=")) {
            return Optional.empty();
        }
        String uri = environment.getOrDefault(URI_VARIABLE, "");
        if (uri.isBlank()) {
            return Optional.of("nobody says where the tracking server of MLflow is; set the environment variable "
                    + URI_VARIABLE + ", or notebook.destination.NAME.trackingUri of a destination with a name");
        }
        return isHttp(uri) ? Optional.empty() : Optional.of(URI_VARIABLE + ": " + notHttp());
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "MLflow at " + uri;
    }
}
