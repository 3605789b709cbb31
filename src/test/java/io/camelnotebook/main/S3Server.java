package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real S3 server that checks signatures, on a free port of 127.0.0.1; its buckets are folders, and are still there when it
 * has been down. Its classes are loaded apart from all others, as it needs other versions of libraries than Camel does.
 */
final class S3Server implements AutoCloseable {

    static final String KEY = "AKIDANN";
    static final String BUCKET = "reports";

    private static final ClassLoader CLASSES = classes();

    private final Path folder;
    private final String secret;
    private final URI address;
    private @Nullable Object server;

    /** A server with an empty bucket that does not run yet. */
    S3Server(Path folder, String secret) throws IOException {
        this.folder = folder;
        this.secret = secret;
        Files.createDirectories(folder.resolve(BUCKET));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
    }

    private static ClassLoader classes() {
        Path jars = Path.of("target/s3");
        assertThat(jars).as("what src/test/s3/prepare fetches").isDirectory();
        try (Stream<Path> files = Files.list(jars)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                urls.add(jar.toUri().toURL());
            }
            return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    S3Server start() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(CLASSES);
        try {
            Class<?> authentication = CLASSES.loadClass("org.gaul.s3proxy.auth.AuthenticationType");
            Object buckets = CLASSES.loadClass("org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore")
                    .getConstructor(String.class)
                    .newInstance(folder.toString());
            Class<?> type = CLASSES.loadClass("org.gaul.s3proxy.S3Proxy");
            Object builder = type.getMethod("builder").invoke(null);
            Class<?> settings = builder.getClass();
            settings.getMethod("blobStore", CLASSES.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                    .invoke(builder, buckets);
            settings.getMethod("endpoint", URI.class).invoke(builder, address);
            settings.getMethod("awsAuthentication", authentication, String.class, String.class)
                    .invoke(builder, authentication.getField("AWS_V2_OR_V4").get(null), KEY, secret);
            Object built = settings.getMethod("build").invoke(builder);
            type.getMethod("start").invoke(built);
            server = built;
        } finally {
            thread.setContextClassLoader(own);
        }
        return this;
    }

    /** Its URI without secrets. */
    String uri() {
        return uri(port());
    }

    /** The same through another port. */
    String uri(int port) {
        return "aws2-s3:" + BUCKET + "?region=us-east-1&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride="
                + "http://127.0.0.1:" + port;
    }

    int port() {
        return address.getPort();
    }

    /** The names of all objects, sorted. */
    List<String> names() throws IOException {
        Path bucket = folder.resolve(BUCKET);
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    String content(String name) throws IOException {
        return Files.readString(folder.resolve(BUCKET).resolve(name));
    }

    @Override
    public void close() throws Exception {
        Object running = server;
        if (running != null) {
            running.getClass().getMethod("stop").invoke(running);
            server = null;
        }
    }
}
