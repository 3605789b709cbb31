package io.camelnotebook.component;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Execute Jupyter notebooks, each in its own kernel process. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = NotebookConstants.SCHEME,
        title = "Notebook",
        syntax = "notebook:path",
        producerOnly = true,
        category = {Category.WORKFLOW},
        headersClass = NotebookConstants.class)
public class NotebookEndpoint extends DefaultEndpoint {

    /** The path of an endpoint that takes the notebook from the message. */
    static final String FROM_MESSAGE = "*";

    @UriPath
    @Metadata(
            required = true,
            description = "The path of the notebook, or * for jobs, which name their notebook themselves.")
    private String path = FROM_MESSAGE;

    @UriParam(description = "The name of the kernel. The notebook's own if it is not given.")
    private String kernel = "";

    @UriParam(
            javaType = "java.time.Duration",
            description =
                    "How long the whole notebook may take, from its first cell on. As long as it takes by default.")
    private long timeout;

    @UriParam(
            javaType = "java.time.Duration",
            description = "How long each cell may take. As long as it takes by default.")
    private long cellTimeout;

    @UriParam(description = "Whether an error in a cell is kept in the notebook and does not stop it.")
    private boolean allowErrors;

    @UriParam(
            description = "The file that the executed notebook is written to. By default the notebook's path with"
                    + " _executed after its name.")
    private String output = "";

    NotebookEndpoint(String uri, NotebookComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return new NotebookProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing comes from a notebook endpoint; send messages to it");
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
        this.timeout = timeout;
    }

    /** In milliseconds; 0 for none. */
    public long getCellTimeout() {
        return cellTimeout;
    }

    public void setCellTimeout(long cellTimeout) {
        this.cellTimeout = cellTimeout;
    }

    public boolean isAllowErrors() {
        return allowErrors;
    }

    public void setAllowErrors(boolean allowErrors) {
        this.allowErrors = allowErrors;
    }

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = output;
    }
}
