package io.camelnotebook.main;

import com.fasterxml.jackson.databind.node.IntNode;
import io.camelnotebook.component.NotebookComponent;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobOutputs;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Stands where the route has {@code notebook:*}: every job succeeds at once, without a notebook or a kernel. */
public final class NoKernel implements Processor {

    @Override
    public void process(Exchange exchange) {
        JobMessage job = exchange.getMessage().getBody(JobMessage.class);
        exchange.getContext()
                .getComponent("notebook", NotebookComponent.class)
                .getJobListener()
                .started(job);
        String now = Instant.now().toString();
        JobResult result = new JobResult(
                job,
                JobState.SUCCEEDED.jsonName(),
                now,
                now,
                0,
                0,
                0,
                null,
                List.of(new JobResult.CellRecord("completed", 0.1)),
                new JobResult.KernelRecord("python3", "python", "3.12", "fork", "exit status 0", 0.1, 1_000_000L),
                "0".repeat(64),
                "0".repeat(64),
                "host",
                null,
                Map.of("score", IntNode.valueOf(job.index())),
                JobOutputs.NONE,
                List.of());
        exchange.getMessage().setBody(result);
        exchange.getMessage().setHeader("CamelNotebookRun", job.run());
    }
}
