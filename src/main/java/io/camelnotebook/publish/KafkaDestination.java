package io.camelnotebook.publish;

import java.util.Map;

/** A topic of Kafka. */
record KafkaDestination() implements DestinationKind {

    /** The entrance's, as a JMS destination has the broker of its entrance. */
    private static final String BROKERS = "brokers={{notebook.kafka.brokers}}";

    @Override
    public String endpoint(String uri) {
        return uri.contains("brokers=") ? uri : Address.with(uri, BROKERS);
    }

    @Override
    public Map<String, Object> headers(Delivery delivery) {
        // What is sent about one job is in one partition, and so in order.
        String key = delivery.job().isEmpty() ? delivery.run() : delivery.run() + "/" + delivery.job();
        return Map.of("content-type", STRUCTURED, "ce_id", delivery.eventId(), "kafka.KEY", key);
    }
}
