package io.camelnotebook.component;

import java.util.OptionalLong;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Execute Jupyter notebooks, each in its own kernel process, and tell what happens to them. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = NotebookConstants.SCHEME,
        title = "Notebook",
        syntax = "notebook:path",
        category = {Category.WORKFLOW},
        headersClass = NotebookConstants.class)
public class NotebookEndpoint extends DefaultEndpoint {

    /** The path of an endpoint that takes the notebook from the message. */
    static final String FROM_MESSAGE = "*";

    /** The path of an endpoint that events come from. */
    static final String EVENTS = "events";

    @UriPath
    @Metadata(
            required = true,
            description =
                    "The notebook: the path of a file, or a URI that begins with file:, classpath:, http: or https:."
                            + " A star for jobs, which name their notebook themselves.")
    private String path = FROM_MESSAGE;

    @UriParam
    private NotebookConfiguration configuration = new NotebookConfiguration();

    NotebookEndpoint(String uri, NotebookComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        if (path.equals(EVENTS)) {
            throw new IllegalArgumentException(
                    getEndpointUri() + ": events can only be consumed; a notebook of that name is notebook:./events");
        }
        configuration.validate(getEndpointUri());
        OptionalLong memory = configuration.memoryBytes();
        long all = getComponent().getMemory();
        if (memory.isPresent() && memory.getAsLong() > all) {
            throw new IllegalArgumentException(getEndpointUri() + ": " + JobShare.excess(memory.getAsLong(), all));
        }
        return getPath().equals(FROM_MESSAGE) ? new JobProducer(this) : new NotebookProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (!path.equals(EVENTS)) {
            throw new IllegalArgumentException(
                    getEndpointUri() + ": only events come from a notebook endpoint; say from"
                            + " notebook:events, or send messages to this one");
        }
        NotebookEventConsumer consumer = new NotebookEventConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public NotebookComponent getComponent() {
        return (NotebookComponent) super.getComponent();
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public NotebookConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(NotebookConfiguration configuration) {
        this.configuration = configuration;
    }
}
