package io.camelnotebook.entrance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.entrance.ReceivedConfigs.Accepted;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the routes by which configs come as messages. First one of {@code jms}, {@code kafka} and {@code http}
 * takes what is wanted of a message, then {@code store} makes a file of it. The message gets the property {@value #REFUSED} where
 * that can never be, and its body is the answer for the sender from then on. Thread-safe.
 */
public final class EntranceSteps {

    /** The exchange property with the reason why a message is refused. */
    public static final String REFUSED = "CamelNotebookRefused";

    private static final String RECEIVED = "CamelNotebookReceived";
    private static final String ANSWER = "CamelNotebookAnswer";
    private static final String STATUS = "CamelNotebookHttpStatus";
    private static final int LONGEST_REASON = 4_000;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    /** With five seconds before each, as in the routes, it is told once a minute. */
    private static final int TRIES_UNTOLD = 12;

    private static final Logger LOG = LoggerFactory.getLogger(EntranceSteps.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReceivedConfigs configs;
    private final HttpAccess access;

    /**
     * Steps into a watched folder.
     *
     * @param token what the sender of a HTTP request must know; empty if nothing
     */
    public EntranceSteps(ReceivedConfigs configs, String token) {
        this.configs = configs;
        this.access = new HttpAccess(token);
    }

    /** Takes a JMS message, text or bytes. Its body must be the message as JMS has it: nothing of it was read before. */
    public void jms(Exchange exchange) {
        Message message = exchange.getMessage();
        String id = header(message, "JMSMessageID");
        String correlation = header(message, "JMSCorrelationID");
        take(exchange, () -> {
            byte[] content = JmsContent.of(message.getBody(), configs.maxBytes());
            // JMSRedelivered is not to be relied on: a broker that was killed does not know what it had delivered.
            // Time and content too, as senders by AMQP and others choose ids, and may count from 1 each day.
            String identity =
                    id == null ? null : id + "/" + header(message, "JMSTimestamp") + "/" + ReceivedName.hash(content);
            return new ReceivedMessage(
                    "jms",
                    identity,
                    header(message, "contentType"),
                    header(message, "name"),
                    // As a reply has it by the rules of JMS.
                    correlation == null ? id : correlation,
                    content);
        });
    }

    /** Takes a Kafka record. */
    public void kafka(Exchange exchange) {
        Message message = exchange.getMessage();
        // The time too: a topic that is made anew counts from 0 again.
        String identity = header(message, "kafka.TOPIC") + "/" + header(message, "kafka.PARTITION") + "/"
                + header(message, "kafka.OFFSET") + "/" + header(message, "kafka.TIMESTAMP");
        take(
                exchange,
                () -> new ReceivedMessage(
                        "kafka",
                        identity,
                        header(message, "content-type"),
                        header(message, "name"),
                        header(message, "correlation-id"),
                        content(message)));
    }

    /** Takes the body of a HTTP request, if the sender may send one. */
    public void http(Exchange exchange) {
        Message message = exchange.getMessage();
        take(exchange, () -> {
            access.check(name -> header(message, name));
            String key = header(message, "Idempotency-Key");
            return new ReceivedMessage(
                    "http",
                    key,
                    header(message, Exchange.CONTENT_TYPE),
                    header(message, "name"),
                    header(message, "X-Correlation-ID"),
                    content(message));
        });
    }

    /** What a message brings, or why it is refused. */
    @FunctionalInterface
    private interface Taking {
        ReceivedMessage received() throws RefusedException;
    }

    private static void take(Exchange exchange, Taking taking) {
        try {
            exchange.setProperty(RECEIVED, taking.received());
        } catch (RefusedException e) {
            refuse(exchange, e);
        }
    }

    private static byte[] content(Message message) {
        byte[] content = message.getBody(byte[].class);
        return content == null ? new byte[0] : content;
    }

    private static @Nullable String header(Message message, String name) {
        Object value = message.getHeader(name);
        return value == null ? null : message.getHeader(name, String.class);
    }

    /** Stores what was taken. Fails if that does not work now; the message is to stay where it is then. */
    public void store(Exchange exchange) throws IOException {
        ReceivedMessage received = exchange.getProperty(RECEIVED, ReceivedMessage.class);
        if (received == null) {
            return;
        }
        try {
            Accepted accepted = configs.accept(received);
            ObjectNode answer = JSON.createObjectNode();
            answer.put("status", "accepted");
            answer.put("config", accepted.name().file());
            answer.put("correlation", accepted.correlation());
            answer(exchange, answer);
        } catch (RefusedException e) {
            refuse(exchange, e);
        }
    }

    private static void refuse(Exchange exchange, RefusedException refusal) {
        String reason = withoutControls(String.valueOf(refusal.getMessage()));
        LOG.warn("Refused a message from {}: {}", exchange.getFromRouteId(), reason);
        exchange.setProperty(REFUSED, reason);
        exchange.setProperty(STATUS, refusal.status());
        exchange.setProperty(ANSWER, refusal(reason));
    }

    /** Parts of a reason are the sender's, who may know what terminals do with control characters. */
    static String withoutControls(String reason) {
        return reason.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    /** The answer to a message that is refused. */
    static String refusal(String reason) {
        return JSON.createObjectNode()
                .put("status", "refused")
                .put("reason", reason)
                .toString();
    }

    private static void answer(Exchange exchange, ObjectNode answer) {
        exchange.setProperty(ANSWER, answer.toString());
    }

    /**
     * Makes a record for the topic of refused ones: what came, without what was with it, and the {@code reason}; where it
     * was is the {@code origin}. Of one that was too large there is no more than that, as it would be too large again.
     */
    public void refusedRecord(Exchange exchange) {
        Message message = exchange.getMessage();
        String origin = header(message, "kafka.TOPIC") + "/" + header(message, "kafka.PARTITION") + "/"
                + header(message, "kafka.OFFSET");
        message.removeHeaders("*");
        message.setHeader("origin", origin);
        message.setHeader("reason", reason(exchange));
        if (exchange.getProperty(STATUS, Integer.class) == RefusedException.TOO_LARGE) {
            message.setBody(null);
        }
    }

    /** Why a message is refused, as long as a header may be. */
    static String reason(Exchange exchange) {
        String reason = exchange.getProperty(REFUSED, "", String.class);
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    /**
     * Says, before a further try to store or to pass on a message, why one is needed: before the first, and then once in so
     * many that it is seldom.
     */
    public void retrying(Exchange exchange) {
        if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 1, Integer.class) % TRIES_UNTOLD != 1) {
            return;
        }
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        // What is around it says in which step of the route it was, which helps nobody.
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        LOG.warn(
                "A message from {} cannot be dealt with now: {}; it stays where it is, and is tried again",
                exchange.getFromRouteId(),
                cause.toString().lines().findFirst().orElse(""));
    }

    /** Makes the message the answer for its sender, of which nothing came with the message. */
    public void reply(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(exchange.getProperty(ANSWER, String.class));
    }

    /** The answer to a HTTP request, with its status. */
    public void respond(Exchange exchange) {
        reply(exchange);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, exchange.getProperty(STATUS, ACCEPTED, Integer.class));
    }

    /** The answer to a HTTP request whose config could not be stored. */
    public void unavailable(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error(
                "A config from http cannot be stored: {}",
                String.valueOf(cause).lines().findFirst().orElse(""));
        answer(
                exchange,
                JSON.createObjectNode()
                        .put("status", "unavailable")
                        .put("reason", "the config cannot be stored now; send it again later"));
        exchange.setProperty(STATUS, UNAVAILABLE);
        respond(exchange);
    }
}
