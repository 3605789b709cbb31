package io.camelnotebook.publish;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a destination that keeps no files is told beside the record: the id of the event, by which it recognises one that
 * comes twice, where its protocol has a place for that.
 */
public final class EventHeaders {

    /** By this Artemis drops what it has already. */
    static final String ARTEMIS_DUPLICATE = "_AMQ_DUPL_ID";

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

    private EventHeaders() {}

    /** The headers for a delivery, by the names that its destination's component sends on. */
    public static Map<String, Object> of(Delivery delivery) {
        if (delivery.keepsFiles()) {
            return Map.of();
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        String endpoint = delivery.endpoint();
        switch (endpoint.substring(0, endpoint.indexOf(':')).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> {
                headers.put("Content-Type", STRUCTURED);
                headers.put("ce-id", delivery.eventId());
            }
            case "jms" -> {
                headers.put("ce_id", delivery.eventId());
                headers.put(ARTEMIS_DUPLICATE, delivery.eventId());
                if (delivery.correlation() != null) {
                    headers.put("JMSCorrelationID", delivery.correlation());
                }
            }
            default -> headers.put("ce_id", delivery.eventId());
        }
        return headers;
    }
}
