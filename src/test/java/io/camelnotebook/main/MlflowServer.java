package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real MLflow tracking server that asks for a user and a password; a process of its own, which ends with this. */
final class MlflowServer implements AutoCloseable {

    static final String USER = "ann";

    /** With all that a URI would have to escape. */
    static final String PASSWORD = "s3c&re)t=%25+x#y";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Process process;

    MlflowServer(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path users =
                Files.writeString(folder.resolve("auth.ini"), """
                [mlflow]
                default_permission = READ
                database_uri = sqlite:///%s/users.db
                admin_username = %s
                admin_password = %s
                authorization_function = mlflow.server.auth:authenticate_request_basic_auth
                auth_cache_ttl_seconds = 600
                """.formatted(folder, USER, PASSWORD.replace("%", "%%")));
        Files.copy(Path.of(python()).resolveSibling("../mlflow.db"), folder.resolve("mlflow.db"));
        ProcessBuilder builder = python(
                "-m",
                "mlflow",
                "server",
                "--app-name",
                "basic-auth",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString());
        builder.environment().put("MLFLOW_AUTH_CONFIG_PATH", users.toString());
        builder.environment().put("MLFLOW_FLASK_SERVER_SECRET_KEY", "of a test");
        process = builder.start();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !process.isAlive() || isHealthy());
        assertThat(process.isAlive()).as(() -> "the server says:\n" + log()).isTrue();
    }

    private static String python() {
        String python = System.getProperty("test.mlflow");
        assertThat(python).as("system property test.mlflow").isNotNull();
        return python;
    }

    private ProcessBuilder python(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(python())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .putAll(Map.of(
                        "MLFLOW_DISABLE_TELEMETRY",
                        "true",
                        "DO_NOT_TRACK",
                        "true",
                        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION",
                        "false"));
        return builder;
    }

    /** What the server must be told of who asks. */
    static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    }

    private boolean isHealthy() {
        try {
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(uri() + "/health")).build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** What a program of src/test/python prints that uses MLflow's own client, as people do. */
    String ask(String program, String argument) throws IOException, InterruptedException {
        String path = Path.of("src/test/python", program).toAbsolutePath().toString();
        ProcessBuilder builder = python(path, argument).redirectOutput(ProcessBuilder.Redirect.PIPE);
        builder.environment()
                .putAll(Map.of(
                        "MLFLOW_TRACKING_URI", uri(),
                        "MLFLOW_TRACKING_USERNAME", USER,
                        "MLFLOW_TRACKING_PASSWORD", PASSWORD));
        Process client = builder.start();
        String printed = new String(client.getInputStream().readAllBytes(), UTF_8);
        assertThat(client.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    /** Sends a request of the REST API. */
    JsonNode post(String method, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + "/api/2.0/mlflow/" + method))
                .header("Content-Type", "application/json")
                .header("Authorization", basic())
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** The runs of an experiment, the first one first. */
    List<MlflowRun> runs(String experiment) throws IOException, InterruptedException {
        JsonNode found =
                post("experiments/search", "{\"max_results\": 1000, \"filter\": \"name = '" + experiment + "'\"}");
        if (found.path("experiments").isEmpty()) {
            return List.of();
        }
        String id = found.path("experiments").path(0).path("experiment_id").asText();
        return post(
                        "runs/search",
                        "{\"experiment_ids\": [\"" + id + "\"], \"max_results\": 1000, \"order_by\": [\"start_time\"]}")
                .path("runs")
                .valueStream()
                .map(MlflowRun::new)
                .toList();
    }

    /** The names of the files that a run has. */
    List<String> artifacts(MlflowRun run) throws IOException {
        Path files = folder.resolve("artifacts")
                .resolve(run.experiment())
                .resolve(run.id())
                .resolve("artifacts");
        if (!Files.exists(files)) {
            return List.of();
        }
        try (var list = Files.list(files)) {
            return list.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
