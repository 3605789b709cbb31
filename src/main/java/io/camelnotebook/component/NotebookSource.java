package io.camelnotebook.component;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Reads the notebook of an endpoint that is in no local file: by Camel's resources, or from whatever Camel endpoint can
 * read it. Waits while it reads. Thread-safe.
 */
final class NotebookSource {

    private static final Set<String> RESOURCES = Set.of("file", "classpath", "http", "https");

    private final CamelContext camel;
    private final String path;
    private final String source;
    private final int timeoutMillis;

    /**
     * The source of an endpoint's notebook.
     *
     * @param source the URI of a Camel endpoint; empty if there is only the path
     */
    NotebookSource(CamelContext camel, String path, String source, long timeoutMillis) {
        this.camel = camel;
        this.path = path;
        this.source = source;
        this.timeoutMillis = (int) Math.min(timeoutMillis, Integer.MAX_VALUE);
    }

    /** Whether the notebook is no local file, and so has to be fetched. */
    boolean isRemote() {
        return !source.isEmpty() || RESOURCES.contains(scheme());
    }

    private String scheme() {
        int colon = path.indexOf(':');
        return colon < 0 ? "" : path.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /**
     * The notebook's JSON.
     *
     * @throws IOException if it cannot be had, with where it was to come from
     */
    byte[] read() throws IOException {
        if (!source.isEmpty()) {
            return received();
        }
        try (InputStream in = scheme().startsWith("http") ? connection().getInputStream() : resource()) {
            return in.readAllBytes();
        }
    }

    /** Camel's own resource knows no limit of time. */
    private URLConnection connection() throws IOException {
        URLConnection connection = URI.create(path).toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        return connection;
    }

    private InputStream resource() throws IOException {
        Resource resource = PluginHelper.getResourceLoader(camel).resolveResource(path);
        if (resource == null || !resource.exists()) {
            throw new FileNotFoundException("there is no such notebook");
        }
        return resource.getInputStream();
    }

    private byte[] received() throws IOException {
        try (ConsumerTemplate consumer = camel.createConsumerTemplate()) {
            Exchange received = consumer.receive(source, timeoutMillis);
            if (received == null) {
                throw new FileNotFoundException("nothing came from its source within " + timeoutMillis + " ms");
            }
            try {
                return Optional.ofNullable(received.getMessage().getBody(byte[].class))
                        .orElseThrow(() -> new IOException("what came from its source is empty"));
            } finally {
                consumer.doneUoW(received);
            }
        } catch (CamelExecutionException e) {
            throw new IOException("its source cannot be read: " + e.getCause(), e);
        } catch (RuntimeCamelException e) {
            throw new IOException("its source cannot be read: " + e.getMessage(), e);
        }
    }
}
