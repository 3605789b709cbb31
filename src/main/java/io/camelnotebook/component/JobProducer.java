package io.camelnotebook.component;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the job that an exchange brings when a kernel's slot is free, without holding the caller's thread. The exchange
 * goes on after its slot is free again, on the thread that executed it, with how the job ended.
 */
final class JobProducer extends DefaultAsyncProducer {

    private final NotebookComponent component;

    JobProducer(NotebookEndpoint endpoint) {
        super(endpoint);
        component = endpoint.getComponent();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            JobMessage job = exchange.getMessage().getMandatoryBody(JobMessage.class);
            // If it breaks before it ends: a broker does not carry our headers.
            exchange.getMessage().setHeader(NotebookConstants.RUN, job.run());
            long bytes = job.memoryBytes() == null ? 0 : job.memoryBytes();
            component
                    .engine()
                    .submit(job.priority(), bytes, component.jobExecutor().work(job))
                    .whenComplete((result, failure) -> finish(exchange, callback, result, failure));
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private static void finish(
            Exchange exchange, AsyncCallback callback, JobResult result, @Nullable Throwable failure) {
        if (failure == null) {
            Message message = exchange.getMessage();
            message.setBody(result);
            message.setHeader(NotebookConstants.RUN, result.job().run());
            message.setHeader(NotebookConstants.JOB, result.job().job());
            message.setHeader(NotebookConstants.STATUS, result.state());
            Optional.ofNullable(result.kernel())
                    .ifPresent(kernel -> message.setHeader(NotebookConstants.KERNEL, kernel.name()));
            message.setHeader(NotebookConstants.OUTPUT, result.job().output());
        } else {
            exchange.setException(failure);
        }
        callback.done(false);
    }
}
