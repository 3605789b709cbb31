package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executed notebooks of jobs that want it as HTML pages, by nbconvert in their kernels' Python. A page that cannot be had
 * is told in the log, and changes nothing else. Thread-safe.
 */
public final class NotebookHtml implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotebookHtml.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Function<Optional<String>, Optional<String>> pythons;
    private final Predicate<JobMessage> wanted;
    private final Map<String, HtmlConverter> converters = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Pages that are made when they are asked for.
     *
     * @param pythons the Python of the kernel of that name, or, if it has none or there is no kernel, any one; empty if there is
     *     none
     * @param wanted whether a job gets a page
     */
    public NotebookHtml(Function<Optional<String>, Optional<String>> pythons, Predicate<JobMessage> wanted) {
        this.pythons = pythons;
        this.wanted = wanted;
    }

    /** Where the page of a job is: beside its executed notebook. */
    static Path path(JobMessage job) {
        return Path.of(job.output().replaceFirst("\\.ipynb$", ".html"));
    }

    /** Writes the page of a job that has ended, if it wants one and has left a notebook. */
    public void write(JobResult result) {
        JobMessage job = result.job();
        Path notebook = Path.of(job.output());
        if (!result.leftNotebook() || !wanted.test(job)) {
            return;
        }
        try {
            Files.deleteIfExists(path(job));
            write(result, notebook);
        } catch (IOException e) {
            LOG.warn("There is no HTML of {}: {}", notebook, e.getMessage());
        }
    }

    private void write(JobResult result, Path notebook) throws IOException {
        Optional<String> kernel = Optional.ofNullable(result.kernel()).map(JobResult.KernelRecord::name);
        Optional<String> python = pythons.apply(kernel);
        if (python.isEmpty()) {
            tellOnce("There is no HTML, because there is no Python for it on this machine");
            return;
        }
        JsonNode answer = converters
                .computeIfAbsent(python.get(), command -> new HtmlConverter(command, PATIENCE))
                .convert(notebook, path(result.job()));
        if (answer.has("missing")) {
            tellOnce("There is no HTML, because the Python of the notebooks has no nbconvert ("
                    + answer.path("missing").asText() + "); install it: " + python.get()
                    + " -m pip install nbconvert");
        } else if (answer.has("problem")) {
            LOG.warn(
                    "There is no HTML of {}: {}",
                    notebook,
                    answer.path("problem").asText());
        }
    }

    private void tellOnce(String problem) {
        if (told.add(problem)) {
            LOG.warn("{}", problem);
        }
    }

    @Override
    public void close() {
        converters.values().forEach(HtmlConverter::close);
    }
}
