package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.MetadataRecord;
import io.camelnotebook.run.Ended;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Retry;
import io.camelnotebook.run.Runs;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the routes from a job's result to its destinations. Thread-safe. */
public final class ResultSteps {

    private static final Logger LOG = LoggerFactory.getLogger(ResultSteps.class);
    private static final String DELIVERY = "CamelNotebookDelivery";
    private static final String GOES_ON = "CamelNotebookGoesOn";

    /** The exchange property with the reason why a delivery is given up. */
    static final String REASON = "CamelNotebookReason";

    /** The exchange property of a delivery that has arrived, which may not have been noted. */
    static final String ARRIVED = "CamelNotebookArrived";

    private final Runs runs;
    private final Destinations destinations;
    private final Consumer<Retry> retries;

    /**
     * Steps of the given runs.
     *
     * @param retries lets an attempt wait until its delay is over
     */
    public ResultSteps(Runs runs, Destinations destinations, Consumer<Retry> retries) {
        this.runs = runs;
        this.destinations = destinations;
        this.retries = retries;
    }

    /**
     * Writes the ledger; what needs the job may run from then on. The body is how the job ended. If it goes on, because it is
     * to be tried again or has more items, the message gets the property {@value #GOES_ON}, and is not to be published.
     */
    public void keep(@Body JobResult result, Exchange exchange) {
        // A job has the properties of the message that let it go, which may be that of a job that goes on.
        exchange.removeProperty(GOES_ON);
        // A broker does not carry our headers.
        exchange.getMessage().setHeader(NotebookConstants.RUN, result.job().run());
        Ended ended = runs.ended(result);
        ended.retry().ifPresent(retry -> {
            if (retry.chunk() == 0) {
                record(result);
            }
            retries.accept(retry);
        });
        ended.over()
                .ifPresentOrElse(job -> exchange.getMessage().setBody(job), () -> exchange.setProperty(GOES_ON, true));
    }

    /** Writes the metadata record. */
    public void record(@Body JobResult result) {
        try {
            MetadataRecord.write(result);
        } catch (IOException e) {
            // The ledger has it too; a run must not hang on a full disk.
            LOG.error(
                    "The record of job {} could not be written to {}: {}",
                    result.job().job(),
                    MetadataRecord.path(result.job()),
                    e.getMessage());
        }
    }

    /** What is still to be sent where. */
    public List<Delivery> deliveries(@Body JobResult result) {
        return destinations.deliveries(result).stream()
                .filter(delivery -> !runs.wasDelivered(
                        delivery.run(), delivery.job(), delivery.eventId(), delivery.destination(), delivery.name()))
                .toList();
    }

    /** Makes the message of a delivery: the file or its text is the body, and where it goes is a header. */
    public void open(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Delivery delivery = message.getBody(Delivery.class);
        exchange.setProperty(DELIVERY, delivery);
        message.removeHeaders("*");
        message.setBody(delivery.body());
        if (delivery.isFile()) {
            message.setHeader(Exchange.FILE_NAME, delivery.name());
        }
        delivery.headers().forEach(message::setHeader);
        destinations
                .credentials(delivery.destination(), exchange.getContext()::resolvePropertyPlaceholders)
                .forEach(message::setHeader);
        message.setHeader(NotebookConstants.JOB, delivery.job());
        message.setHeader(NotebookConstants.RUN, delivery.run());
        message.setHeader(NotebookConstants.EVENT_ID, delivery.eventId());
        message.setHeader(NotebookConstants.DESTINATION, delivery.endpoint());
        if (delivery.correlation() != null) {
            message.setHeader(NotebookConstants.CORRELATION_ID, delivery.correlation());
        }
    }

    /** Makes a row of the record in the body, in the table that its destination is. */
    public void insert(Exchange exchange) throws SQLException, IOException {
        Delivery delivery = exchange.getProperty(DELIVERY, Delivery.class);
        destinations
                .table(delivery.destination(), exchange.getContext()::resolvePropertyPlaceholders)
                .insert(exchange.getMessage().getBody(String.class));
    }

    /** A delivery has arrived. */
    public void delivered(Exchange exchange) {
        exchange.setProperty(ARRIVED, true);
        Delivery delivery = exchange.getProperty(DELIVERY, Delivery.class);
        runs.delivered(delivery.run(), delivery.job(), delivery.eventId(), delivery.destination(), delivery.name());
    }

    /** A delivery did not arrive, and is given up: the file stays where the job left it. */
    public void undelivered(@Body Delivery delivery, @ExchangeProperty(REASON) String reason) {
        runs.undelivered(
                delivery.run(), delivery.job(), delivery.eventId(), delivery.destination(), delivery.name(), reason);
    }

    /** All that a job left is delivered or given up. */
    public void settled(@Body JobResult result) {
        runs.settled(result.job());
    }
}
