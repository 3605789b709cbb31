package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The REST API 2.0 of a tracking server, a request at a time. Thread-safe. */
final class TrackingClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final int LONGEST_MESSAGE = 300;

    /** What an upload gets beyond the time for any request. */
    private static final int SLOWEST_BYTES_PER_SECOND = 100_000;

    private final HttpClient http;
    private final TrackingServer server;
    private final Duration timeout;

    /** @param timeout for the answer to a request */
    TrackingClient(TrackingServer server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
        // Tracking servers speak nothing newer, and some stumble over being asked.
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    JsonNode get(String method, String parameter, String value) throws MlflowException {
        String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return json(send(method, request(API + method + query, timeout).GET()), method);
    }

    JsonNode post(String method, JsonNode body) throws MlflowException {
        HttpRequest.Builder request = request(API + method, timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        return json(send(method, request), method);
    }

    /** Keeps a file among the artifacts that the server itself keeps. */
    void upload(String path, BodyPublisher content) throws MlflowException {
        String encoded = Arrays.stream(path.split("/", -1))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        Duration patience = timeout.plusSeconds(Math.max(0, content.contentLength()) / SLOWEST_BYTES_PER_SECOND);
        send("the artifact " + path, request(ARTIFACTS + encoded, patience).PUT(content));
    }

    private HttpRequest.Builder request(String path, Duration patience) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(patience);
        if (!server.authorization().isEmpty()) {
            request.header("Authorization", server.authorization());
        }
        return request;
    }

    private String send(String what, HttpRequest.Builder request) throws MlflowException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw problem("did not answer in " + timeout.toMillis() + " ms to " + what);
        } catch (ConnectException e) {
            throw problem("cannot be reached: "
                    + (isUnresolved(e) ? "there is no such host" : "nobody listens there, or lets us in"));
        } catch (IOException e) {
            throw problem("broke the connection off at " + what + ": " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("was not waited for at " + what + ": the engine stops");
        }
        if (answer.statusCode() / 100 != 2) {
            throw refusal(what, answer);
        }
        return answer.body();
    }

    private MlflowException refusal(String what, HttpResponse<String> answer) {
        String code = "";
        String message = answer.body();
        try {
            JsonNode error = JSON.readTree(answer.body());
            code = error.path("error_code").asText();
            message = error.path("message").asText(message);
        } catch (JsonProcessingException e) {
            // What is between us and MLflow answers as it likes.
        }
        String line = message.strip().lines().findFirst().orElse("");
        String shortened = line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
        if (answer.statusCode() == 401) {
            return problem(
                    server.authorization().isEmpty()
                            ? "wants to know who the engine is (401); set MLFLOW_TRACKING_USERNAME and"
                                    + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, or these options of the destination"
                            : "does not take the user and password, or the token, that it is given (401); mend them");
        }
        return new MlflowException(
                server + " answered " + answer.statusCode() + " to " + what
                        + (shortened.isEmpty() ? "" : ": " + shortened),
                code);
    }

    private MlflowException problem(String what) {
        return new MlflowException(server + " " + what, "");
    }

    private static boolean isUnresolved(@Nullable Throwable e) {
        return e != null && (e instanceof UnresolvedAddressException || isUnresolved(e.getCause()));
    }

    /** The first words that the JDK has for it, which it does not put into the exception itself. */
    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private JsonNode json(String body, String method) throws MlflowException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw problem("answered to " + method + " with what is no JSON; is it a tracking server?");
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
