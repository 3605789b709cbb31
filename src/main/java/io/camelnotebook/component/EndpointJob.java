package io.camelnotebook.component;

import io.camelnotebook.execution.CellPolicy;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.pipeline.CellRules;
import io.camelnotebook.run.JobFiles;
import io.camelnotebook.run.JobMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The execution for an exchange in the words of a job, so that records and events tell of it as of every other: its run has
 * this one job, and its pipeline is the route.
 */
final class EndpointJob {

    private EndpointJob() {}

    /** @param output the file of the executed notebook, if there is one */
    static JobMessage of(
            Exchange exchange, String notebook, ExecutionRequest request, int priority, Optional<Path> output) {
        CellPolicy cells = request.options().cells();
        return new JobMessage(
                exchange.getContext().getUuidGenerator().generateExchangeUuid(),
                String.valueOf(exchange.getFromRouteId()),
                exchange.getExchangeId(),
                notebook,
                0,
                1,
                "",
                Instant.now().toString(),
                notebook,
                request.parameters(),
                request.kernel().orElse(null),
                request.directory().toString(),
                request.environment(),
                millis(request.options().timeout()),
                millis(request.options().cellTimeout()),
                new CellRules(cells.allowErrors(), List.copyOf(cells.allowedErrors()), List.copyOf(cells.skipTags())),
                request.options().memory().isPresent()
                        ? request.options().memory().getAsLong()
                        : null,
                null,
                request.strictParameters(),
                priority,
                output.map(Path::toString).orElse(""),
                List.of(),
                JobFiles.NONE,
                null,
                null,
                null);
    }

    private static @Nullable Long millis(Optional<Duration> limit) {
        return limit.map(Duration::toMillis).orElse(null);
    }
}
