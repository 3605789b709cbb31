package io.camelnotebook.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.EventHeaders;
import io.camelnotebook.run.Secrets;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route that tells a destination of failed runs: people who get mail are told in words, all others get the
 * event. Thread-safe.
 */
public final class FailureSteps {

    private static final Logger LOG = LoggerFactory.getLogger(FailureSteps.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Destinations destinations;
    private final String destination;

    /**
     * Steps to one destination.
     *
     * @param destination its name
     */
    public FailureSteps(Destinations destinations, String destination) {
        this.destinations = destinations;
        this.destination = destination;
    }

    /** Makes the message of an event of a run; where it goes is a header. */
    public void tell(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        JsonNode event = JSON.readTree(message.getBody(String.class));
        JsonNode correlation = event.path("correlationid");
        Delivery notice = destinations.notice(
                destination,
                event.at("/data/run").asText(),
                event.path("id").asText(),
                correlation.isTextual() ? correlation.asText() : null);
        exchange.setProperty(ResultSteps.DELIVERY, notice);
        message.removeHeaders("*");
        EventHeaders.of(notice).forEach(message::setHeader);
        if (notice.endpoint().toLowerCase(Locale.ROOT).matches("smtps?:.*")) {
            message.setHeader(
                    "Subject", line("Run of " + event.at("/data/pipeline").asText() + " failed"));
            message.setHeader("contentType", "text/plain; charset=UTF-8");
            message.setBody(words(event.path("data")));
        } else {
            message.setHeader(Exchange.FILE_NAME, notice.name());
        }
        ResultSteps.address(exchange, notice, destinations);
    }

    private static String words(JsonNode run) {
        String jobs = run.path("ended").properties().stream()
                .map(state -> state.getValue().asText() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        StringBuilder words = new StringBuilder("Run ")
                .append(run.path("run").asText())
                .append(" of ")
                .append(run.path("pipeline").asText())
                .append(" failed: of ")
                .append(run.path("jobs").asInt())
                .append(" jobs ")
                .append(jobs)
                .append(".\n\n");
        run.path("problems").forEach(problem -> words.append(problem.asText()).append("\n"));
        return words.append("\nConfig: ")
                .append(run.path("config").asText())
                .append("\nMore: camel-notebook show ")
                .append(run.path("run").asText())
                .append("\n")
                .toString();
    }

    /** Without what would begin a header of its own. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Says that nobody could be told. */
    public void untold(Exchange exchange) {
        Delivery notice = exchange.getProperty(ResultSteps.DELIVERY, Delivery.class);
        LOG.error(
                "The failure of run {} could not be told to {}: {}",
                notice.run(),
                notice.destination(),
                Secrets.redact(ResultSteps.reason(exchange)));
    }
}
