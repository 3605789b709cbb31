package io.camelnotebook.component;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Some Camel application with the component, whose kernels are of the Python of the tests. */
final class CamelApplication implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext context = new DefaultCamelContext();
    private final NotebookComponent component = new NotebookComponent();
    private final ProducerTemplate template = context.createProducerTemplate();

    /** An application that has not been started. */
    CamelApplication(int kernels, Path... kernelFolders) {
        component.setKernels(kernels);
        component.useKernels(new LocalKernels(
                Stream.concat(Stream.of(Path.of(System.getProperty("test.python"))), Stream.of(kernelFolders))
                        .toList(),
                StartMode.FORK,
                1,
                Clock.systemUTC(),
                message -> {}));
        context.addComponent("notebook", component);
    }

    static CamelApplication started(int kernels) {
        CamelApplication application = new CamelApplication(kernels);
        application.context.start();
        return application;
    }

    CamelContext context() {
        return context;
    }

    NotebookComponent component() {
        return component;
    }

    ProducerTemplate template() {
        return template;
    }

    /** Sends a message and gives back the exchange, with the exception in it if there is one. */
    Exchange send(String uri, @Nullable Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** Writes a Python notebook of code cells; the first is its parameters cell. */
    static Path notebook(Path file, String... cells) throws IOException {
        ObjectNode notebook = JSON.createObjectNode();
        notebook.put("nbformat", 4).put("nbformat_minor", 4);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        Arrays.stream(cells).forEach(source -> {
            ObjectNode cell = notebook.withArray("cells").addObject();
            cell.put("cell_type", "code").put("source", source).putNull("execution_count");
            cell.putArray("outputs");
            cell.putObject("metadata");
        });
        ((ObjectNode) notebook.path("cells").path(0).path("metadata"))
                .putArray("tags")
                .add("parameters");
        return Files.write(file, JSON.writeValueAsBytes(notebook));
    }

    @Override
    public void close() {
        context.stop();
    }
}
