package io.camelnotebook.main;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** What is between the engine and a server: it passes requests on, unless it was told what to do with the next ones. */
final class UnreliableProxy implements AutoCloseable {

    /** What happens to a request instead of being answered. */
    enum Fault {
        /** The server gets it and does it, and nobody hears of that. */
        ANSWER_LOST,
        /** It is not answered as long as the proxy is there. */
        NEVER_ANSWERED,
        /** The server has no room any more. */
        FULL,
        /** The server is of no use now. */
        UNAVAILABLE
    }

    private record Plan(String path, Fault fault) {}

    private final String server;
    private final InetSocketAddress address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Plan> plans = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Function<String, Optional<String>> credentials;
    private HttpServer proxy;

    /** One that passes everything on. */
    UnreliableProxy(String server) throws IOException {
        this(server, HttpServer.create(), Optional::of);
    }

    /**
     * One that stands guard.
     *
     * @param proxy is bound here
     * @param credentials what it tells the server of who sends, by what it is told itself; empty if nobody is let in by that
     */
    UnreliableProxy(String server, HttpServer proxy, Function<String, Optional<String>> credentials)
            throws IOException {
        this.server = server;
        this.proxy = proxy;
        this.credentials = credentials;
        proxy.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = proxy.getAddress();
        serve();
    }

    private void serve() {
        proxy.setExecutor(threads);
        proxy.createContext("/", this::answer);
        proxy.start();
    }

    String uri() {
        return (proxy instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + address.getPort();
    }

    /** The next request whose path ends so meets with a fault; may be said several times. */
    UnreliableProxy plan(String path, Fault fault) {
        plans.add(new Plan(path, fault));
        return this;
    }

    /** The paths of the requests so far. */
    List<String> requests() {
        return requests;
    }

    /** Nobody listens at its address any more. */
    void goDown() {
        proxy.stop(0);
    }

    void comeBack() throws IOException {
        proxy = HttpServer.create(address, 0);
        serve();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        Plan plan = plans.stream()
                .filter(candidate -> path.endsWith(candidate.path()))
                .findFirst()
                .orElse(null);
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            String who = exchange.getRequestHeaders().getFirst("Authorization");
            if (who != null && credentials.apply(who).isEmpty()) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (plan == null) {
                HttpResponse<byte[]> answer = pass(exchange, body);
                answer.headers()
                        .firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                int length = answer.body().length;
                exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
                exchange.getResponseBody().write(answer.body());
                return;
            }
            plans.remove(plan);
            switch (plan.fault()) {
                case ANSWER_LOST -> pass(exchange, body);
                case NEVER_ANSWERED -> closed.await();
                case FULL -> exchange.sendResponseHeaders(507, -1);
                case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        for (String header : List.of("Authorization", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(
                        header,
                        header.equals("Authorization")
                                ? credentials.apply(value).orElseThrow()
                                : value);
            }
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        closed.countDown();
        proxy.stop(0);
        threads.shutdownNow();
    }
}
