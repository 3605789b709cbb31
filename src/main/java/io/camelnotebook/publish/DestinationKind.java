package io.camelnotebook.publish;

import io.camelnotebook.publish.mlflow.MlflowDestinations;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What destinations of one kind get, and how. Unless a kind says otherwise it gets records as text, and is told their ids in a
 * header. Immutable.
 */
sealed interface DestinationKind
        permits FileDestination,
                ObjectStoreDestination,
                JmsDestination,
                KafkaDestination,
                HttpDestination,
                DatabaseDestination,
                MailDestination,
                MlflowDestination,
                OtherDestination {

    /** The media type of a record where it is sent as a whole. */
    String STRUCTURED = "application/cloudevents+json; charset=UTF-8";

    /** The kind of the destinations whose URIs have that scheme. */
    static DestinationKind of(String scheme) {
        return switch (scheme) {
            case "file", "ftp", "ftps", "sftp" -> new FileDestination(true);
            case "scp" -> new FileDestination(false);
            case "aws2-s3", "azure-storage-blob", "google-storage", "minio" -> new ObjectStoreDestination(scheme);
            case "jms" -> new JmsDestination();
            case "kafka" -> new KafkaDestination();
            case "http", "https" -> new HttpDestination();
            case "jdbc" -> new DatabaseDestination();
            case "smtp", "smtps" -> new MailDestination();
            case MlflowDestinations.SCHEME -> new MlflowDestination();
            default -> new OtherDestination();
        };
    }

    /** Why none can be in a config file, but must have a name; empty if one can. */
    default Optional<String> needsName() {
        return Optional.empty();
    }

    /** Why nothing can be sent to one, and what to do about it; empty if all seems well. It is not asked itself. */
    default Optional<String> problem(Address address) {
        return ComponentArtifacts.missing(address.scheme());
    }

    /** The options of a named one that are dealt with here, and are not the component's. */
    default Set<String> ownOptions() {
        return Set.of();
    }

    /** The URI that Camel sends to. */
    default String endpoint(String uri) {
        return uri;
    }

    /** Whether it gets files as such; else it gets text. */
    default boolean keepsFiles() {
        return false;
    }

    /** Whether executed notebooks are to be pages for it. */
    default boolean showsPages(Address address) {
        return false;
    }

    /** What it gets of a job that has ended, in that order; of a file only if there is one. */
    default List<Content> ofJob(JobResult result) {
        JobMessage job = result.job();
        return List.of(Content.of(MetadataRecord.id(job), MetadataRecord.path(job)));
    }

    /**
     * What it gets of a run that has ended.
     *
     * @param table its table of results
     */
    default Optional<Content> ofRun(RunSummary run, Path table, Instant time) {
        return Optional.empty();
    }

    /** What it gets to know of a run that failed, if it is the one that is told. */
    default Content ofFailure(RunSummary run, Instant time) {
        return Content.of(run, time, "the failure of run " + run.id());
    }

    /** What it is told beside what it gets, by the names that its component sends on. */
    default Map<String, Object> headers(Delivery delivery) {
        return Map.of("ce_id", delivery.eventId());
    }

    /**
     * What it is told of who sends.
     *
     * @param options of a named one, with nothing left to look up
     */
    default Map<String, String> credentials(Function<String, Optional<String>> options) {
        return Map.of();
    }
}
