package io.camelnotebook.component;

import io.camelnotebook.execution.CellPolicy;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.pipeline.Sizes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint that executes a notebook. Not thread-safe while it is being set. */
@UriParams
public class NotebookConfiguration {

    private static final Pattern TYPE = Pattern.compile("\\*|(run|job|cell)\\.([a-z_]+\\*?|\\*)");

    @UriParam(label = "producer", description = "The name of the kernel. The notebook's own if it is not given.")
    private String kernel = "";

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            description =
                    "How long the whole notebook may take, from its first cell on. As long as it takes by default.")
    private long timeout;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            description = "How long each cell may take. As long as it takes by default.")
    private long cellTimeout;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description = "Which errors in cells are kept in the notebook and do not stop it: true for all, false for"
                    + " none, or their names separated by commas, such as ValueError,KeyError.")
    private String allowErrors = "false";

    @UriParam(
            label = "producer",
            defaultValue = "skip-execution",
            description = "Cells with one of these tags are not run. Separated by commas.")
    private String skipTags = "skip-execution";

    @UriParam(
            label = "producer",
            description = "Whether a parameter that the notebook's parameters cell does not have is an error.")
    private boolean strictParameters;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether the body of the message gives parameters: a map, or a JSON object. If not, the body is"
                            + " ignored, and only headers do.")
    private boolean bodyParameters = true;

    @UriParam(label = "producer", description = "The kernel's working directory. The application's own by default.")
    private String directory = "";

    @UriParam(
            label = "producer",
            description = "The most memory that the kernel and its child processes may have together, such as 2GiB. It"
                    + " waits until there is so much among all notebooks. No limit by default.")
    private String memory = "";

    @UriParam(
            label = "producer",
            description = "Of the messages that wait for a kernel, those with a higher priority come first.")
    private int priority;

    @UriParam(
            label = "producer",
            description = "The file that the executed notebook is written to; it is replaced if it is there. By default"
                    + " it is written to no file, and is there for the exchange only.")
    private String output = "";

    @UriParam(label = "producer", defaultValue = "RESULTS", description = "What the body is afterwards.")
    private NotebookBody body = NotebookBody.RESULTS;

    @UriParam(
            label = "producer,advanced",
            description =
                    "The URI of a Camel endpoint to read the notebook from, in RAW() if it has options of its own. The"
                            + " path is only its name then.")
    private String source = "";

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "30000",
            description = "How long reading a notebook that is not a local file may take.")
    private long sourceTimeout = 30_000;

    @UriParam(
            label = "consumer",
            defaultValue = "*",
            description =
                    "The types of events to consume, separated by commas, such as job.failed. A star at the end of one"
                            + " stands for anything.")
    private String types = "*";

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            description = "How many events may wait for the route. One that finds no room is dropped and counted.")
    private int queueSize = 1000;

    /**
     * Checks what no single option tells.
     *
     * @throws IllegalArgumentException if no notebook can be executed with these options; the message says why
     */
    void validate(String uri) {
        if (body == NotebookBody.PATH && output.isEmpty()) {
            throw new IllegalArgumentException(
                    uri + ": body=PATH needs a file to be the path of: say output=FILE, or body=NOTEBOOK for a stream");
        }
    }

    /** How the notebook is to be executed. */
    ExecutionOptions executionOptions() {
        List<String> errors = words(allowErrors);
        boolean all = errors.size() == 1 && errors.get(0).equalsIgnoreCase("true");
        boolean none = errors.size() == 1 && errors.get(0).equalsIgnoreCase("false");
        return new ExecutionOptions(
                limit(timeout),
                limit(cellTimeout),
                new CellPolicy(all, all || none ? Set.of() : Set.copyOf(errors), false, Set.copyOf(words(skipTags))),
                memoryBytes(),
                ExecutionOptions.DEFAULT.interruptGrace(),
                ExecutionOptions.DEFAULT.terminateGrace());
    }

    OptionalLong memoryBytes() {
        return memory.isEmpty() ? OptionalLong.empty() : Sizes.parse(memory);
    }

    /** The words of a list, each once. */
    private static List<String> words(String list) {
        return Stream.of(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<Duration> limit(long millis) {
        return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    }

    private static long checked(String option, long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException(option + " must be a duration such as 90s or 5m, or 0 for no limit, not "
                    + millis + " milliseconds");
        }
        return millis;
    }

    public String getKernel() {
        return kernel;
    }

    public void setKernel(String kernel) {
        this.kernel = kernel;
    }

    /** In milliseconds; 0 for none. */
    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = checked("timeout", timeout);
    }

    /** In milliseconds; 0 for none. */
    public long getCellTimeout() {
        return cellTimeout;
    }

    public void setCellTimeout(long cellTimeout) {
        this.cellTimeout = checked("cellTimeout", cellTimeout);
    }

    public String getAllowErrors() {
        return allowErrors;
    }

    public void setAllowErrors(String allowErrors) {
        for (String word : words(allowErrors)) {
            String lower = word.toLowerCase(Locale.ROOT);
            boolean mixed = words(allowErrors).size() > 1 && (lower.equals("true") || lower.equals("false"));
            if (mixed || word.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("allowErrors must be true, false, or names of errors separated by"
                        + " commas, such as ValueError,KeyError, not '" + allowErrors + "'");
            }
        }
        this.allowErrors = allowErrors;
    }

    public String getSkipTags() {
        return skipTags;
    }

    public void setSkipTags(String skipTags) {
        this.skipTags = skipTags;
    }

    public boolean isStrictParameters() {
        return strictParameters;
    }

    public void setStrictParameters(boolean strictParameters) {
        this.strictParameters = strictParameters;
    }

    public boolean isBodyParameters() {
        return bodyParameters;
    }

    public void setBodyParameters(boolean bodyParameters) {
        this.bodyParameters = bodyParameters;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public String getMemory() {
        return memory;
    }

    public void setMemory(String memory) {
        if (!memory.isEmpty() && Sizes.parse(memory).isEmpty()) {
            throw new IllegalArgumentException("memory must be an amount " + Sizes.EXAMPLES + ", not '" + memory + "'");
        }
        this.memory = memory;
    }

    public int getPriority() {
        return priority;
    }

    public void setPriority(int priority) {
        this.priority = priority;
    }

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = output;
    }

    public NotebookBody getBody() {
        return body;
    }

    public void setBody(NotebookBody body) {
        this.body = body;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    /** In milliseconds. */
    public long getSourceTimeout() {
        return sourceTimeout;
    }

    public void setSourceTimeout(long sourceTimeout) {
        if (sourceTimeout < 1) {
            throw new IllegalArgumentException(
                    "sourceTimeout must be a duration such as 30s, not " + sourceTimeout + " milliseconds");
        }
        this.sourceTimeout = sourceTimeout;
    }

    List<String> typePatterns() {
        return words(types);
    }

    public String getTypes() {
        return types;
    }

    public void setTypes(String types) {
        for (String word : words(types)) {
            if (!TYPE.matcher(word).matches()) {
                throw new IllegalArgumentException("types must be types of events separated by commas, such as"
                        + " job.failed,run.*; they begin with run., job. or cell., not '" + word + "'");
            }
        }
        this.types = types;
    }

    public int getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(int queueSize) {
        if (queueSize < 1) {
            throw new IllegalArgumentException("queueSize must be at least 1, not " + queueSize);
        }
        this.queueSize = queueSize;
    }
}
