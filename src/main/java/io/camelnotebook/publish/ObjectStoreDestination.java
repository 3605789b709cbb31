package io.camelnotebook.publish;

import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store of objects, which must be told the name of each. */
record ObjectStoreDestination(String scheme) implements DestinationKind {

    /** By what the components know under which name to store an object. */
    static final Map<String, String> OBJECT_NAME = Map.of(
            "aws2-s3", "CamelAwsS3Key",
            "azure-storage-blob", "CamelAzureStorageBlobBlobName",
            "google-storage", "CamelGoogleCloudStorageObjectName",
            "minio", "CamelMinioObjectName");

    private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^&]*)");

    @Override
    public boolean keepsFiles() {
        return true;
    }

    @Override
    public List<Content> ofJob(JobResult result) {
        return FileDestination.files(result);
    }

    @Override
    public Content ofFailure(RunSummary run, Instant time) {
        return FileDestination.failure(run, time);
    }

    @Override
    public Map<String, Object> headers(Delivery delivery) {
        return Map.of(Objects.requireNonNull(OBJECT_NAME.get(scheme)), prefix(delivery.endpoint()) + delivery.name());
    }

    /** What the URI says that names begin with: Camel's components read it only when they list objects. */
    private static String prefix(String endpoint) {
        Matcher prefix = PREFIX.matcher(endpoint);
        return prefix.find() ? URLDecoder.decode(prefix.group(1), StandardCharsets.UTF_8) : "";
    }
}
