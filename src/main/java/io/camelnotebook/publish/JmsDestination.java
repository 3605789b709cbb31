package io.camelnotebook.publish;

import java.util.LinkedHashMap;
import java.util.Map;

/** A queue or a topic. */
record JmsDestination() implements DestinationKind {

    /** By this Artemis drops what it has already. */
    static final String ARTEMIS_DUPLICATE = "_AMQ_DUPL_ID";

    @Override
    public Map<String, Object> headers(Delivery delivery) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("ce_id", delivery.eventId());
        headers.put(ARTEMIS_DUPLICATE, delivery.eventId());
        if (delivery.correlation() != null) {
            headers.put("JMSCorrelationID", delivery.correlation());
        }
        return headers;
    }
}
