package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component needs nothing of what is optional. */
class LeanApplicationIT {

    /** Camel without any component, and what the component itself hands on. */
    private static final String NEEDED =
            "camel-(api|base|base-engine|core-[a-z]+|support|util|util-json|management-api|xml-jaxp-util|jackson)-[0-9].*"
                    + "|jackson-(core|databind|annotations)-.*|jspecify-.*|slf4j-api-.*";

    /** What is done where nothing else can be seen. */
    public static final class Execution implements Function<Path, String> {

        @Override
        public String apply(Path notebook) {
            try (CamelApplication application = CamelApplication.started(1)) {
                return String.valueOf(application
                        .send("notebook:" + notebook, null, Map.of())
                        .getMessage()
                        .getBody());
            }
        }
    }

    private static URLClassLoader lean() {
        URL[] needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> Files.isDirectory(path)
                        || path.getFileName().toString().matches(NEEDED)
                        || path.getFileName().toString().startsWith("camel-notebook-"))
                .map(LeanApplicationIT::url)
                .toArray(URL[]::new);
        return new URLClassLoader(needed, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNotebookIsExecutedWithoutMicrometerHealthChecksOrTracing(@TempDir Path folder) throws Exception {
        Path notebook = CamelApplication.notebook(
                folder.resolve("n.ipynb"), "x = 1", "from camel_notebook import record\nrecord('x', x)");
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader lean = lean()) {
            thread.setContextClassLoader(lean);
            Object execution = lean.loadClass(Execution.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(execution.getClass()).isNotEqualTo(Execution.class);
            @SuppressWarnings("unchecked")
            Function<Path, String> function = (Function<Path, String>) execution;
            assertThat(function.apply(notebook)).isEqualTo("{x=1}");
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.core.instrument.MeterRegistry",
                "org.apache.camel.impl.health.DefaultHealthCheckRegistry",
                "org.apache.camel.telemetry.SpanDecorator",
                "org.apache.camel.main.Main",
                "picocli.CommandLine"
            })
    void whatIsOptionalWasNotThere(String optional) throws Exception {
        try (URLClassLoader lean = lean()) {
            assertThatThrownBy(() -> lean.loadClass(optional)).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
