package io.camelnotebook.publish;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a destination is told beside what is sent: a store of objects the object's name, and one that keeps no files the id
 * of the event, by which it recognises one that comes twice, where its protocol has a place for that.
 */
public final class EventHeaders {

    /** By this Artemis drops what it has already. */
    static final String ARTEMIS_DUPLICATE = "_AMQ_DUPL_ID";

    /** By what the components of stores of objects know under which name to store one. */
    static final Map<String, String> OBJECT_NAME = Map.of(
            "aws2-s3", "CamelAwsS3Key",
            "azure-storage-blob", "CamelAzureStorageBlobBlobName",
            "google-storage", "CamelGoogleCloudStorageObjectName",
            "minio", "CamelMinioObjectName");

    private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^&]*)");

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

    private EventHeaders() {}

    /** The headers for a delivery, by the names that its destination's component sends on. */
    public static Map<String, Object> of(Delivery delivery) {
        String endpoint = delivery.endpoint();
        String scheme = endpoint.substring(0, endpoint.indexOf(':')).toLowerCase(Locale.ROOT);
        if (delivery.keepsFiles()) {
            String header = OBJECT_NAME.get(scheme);
            return header == null ? Map.of() : Map.of(header, prefix(endpoint) + delivery.name());
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        switch (scheme) {
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
            case "kafka" -> {
                headers.put("content-type", STRUCTURED);
                headers.put("ce_id", delivery.eventId());
                // What is sent about one job is in one partition, and so in order.
                headers.put(
                        "kafka.KEY", delivery.job().isEmpty() ? delivery.run() : delivery.run() + "/" + delivery.job());
            }
            case "smtp", "smtps" -> {
                headers.put("ce_id", delivery.eventId());
                if (delivery.subject() != null) {
                    headers.put("Subject", delivery.subject());
                    headers.put("contentType", "text/plain; charset=UTF-8");
                }
            }
            default -> headers.put("ce_id", delivery.eventId());
        }
        return headers;
    }

    /** What the URI says that names begin with: Camel's components read it only when they list objects. */
    private static String prefix(String endpoint) {
        Matcher prefix = PREFIX.matcher(endpoint);
        return prefix.find() ? URLDecoder.decode(prefix.group(1), StandardCharsets.UTF_8) : "";
    }
}
