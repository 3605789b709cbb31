package io.camelnotebook.component;

import io.camelnotebook.run.JobMessage;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/**
 * Says in the spans of Camel's tracing which notebook was executed, on which kernel, and how that ended. Found by
 * applications that trace with {@code camel-telemetry}; of no use to others.
 */
public final class NotebookSpanDecorator extends AbstractSpanDecorator {

    static final String PATH = "notebook.path";
    static final String RUN = "notebook.run";
    static final String JOB = "notebook.job";
    static final String KERNEL = "notebook.kernel";
    static final String OUTCOME = "notebook.outcome";

    @Override
    public String getComponent() {
        return NotebookConstants.SCHEME;
    }

    @Override
    public String getComponentClassName() {
        return NotebookComponent.class.getName();
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        if (exchange.getMessage().getBody() instanceof JobMessage job) {
            span.setTag(PATH, job.notebook());
            span.setTag(RUN, job.run());
            span.setTag(JOB, job.job());
        } else if (endpoint instanceof NotebookEndpoint notebook
                && !notebook.getPath().equals(NotebookEndpoint.EVENTS)) {
            span.setTag(PATH, notebook.getPath());
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        // Of a notebook before this one, if nothing of this one was executed.
        if (exchange.getException() instanceof NotebookNotExecutableException) {
            return;
        }
        setTag(span, KERNEL, exchange, NotebookConstants.KERNEL);
        setTag(span, OUTCOME, exchange, NotebookConstants.STATUS);
    }

    private static void setTag(Span span, String tag, Exchange exchange, String header) {
        String value = exchange.getMessage().getHeader(header, String.class);
        if (value != null) {
            span.setTag(tag, value);
        }
    }
}
