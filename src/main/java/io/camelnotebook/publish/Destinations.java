package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.publish.mlflow.MlflowDestinations;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Where results may go, and what goes there: destinations that keep files get the executed notebook and the metadata
 * record, MLflow the records of all attempts, and all others the record alone, which says where the notebook is. Thread-safe.
 */
public final class Destinations {

    private static final Set<String> KEEP_FILES =
            Set.of("file", "ftp", "ftps", "sftp", "aws2-s3", "azure-storage-blob", "google-storage", "minio", "scp");

    /** Those that can write under another name first, so that nobody there reads half a file. */
    private static final Set<String> RENAME = Set.of("file", "ftp", "ftps", "sftp");

    private static final String TEMPORARY = "tempPrefix=.camel-notebook-";

    /** The entrance's, as a JMS destination has the broker of its entrance. */
    private static final String BROKERS = "brokers={{notebook.kafka.brokers}}";

    private static final String DATABASE = "jdbc";

    private final Set<String> allowed;
    private final String setting;

    private final NamedDestinations named;

    /**
     * Destinations of the given schemes, and those that have names; none else.
     *
     * @param setting the name of the setting that allows schemes
     * @param named may be of any scheme, since it is not a config file that says where they are
     */
    public Destinations(Set<String> allowedSchemes, String setting, NamedDestinations named) {
        allowed = new TreeSet<>(allowedSchemes);
        this.setting = setting;
        this.named = named;
    }

    /** Why nothing may be sent to that URI or name, and what to do about it; empty if it may. */
    public Optional<String> problem(String destination) {
        if (destination.indexOf(':') < 0) {
            return named.address(destination)
                    .map(uri -> named.problem(destination)
                            .or(() -> missing(destination, uri))
                            .or(() -> named.uri(destination).flatMap(full -> mlflowProblem(full, true))))
                    .orElseGet(() -> Optional.of(named.unknown(destination)));
        }
        String scheme = scheme(destination);
        if (scheme.equals(DATABASE)) {
            return Optional.of(
                    "a database as a destination needs a name, with its URL, its table and the password in"
                            + " application.properties: notebook.destination.NAME = jdbc:…; docs/destinations.md has an example");
        }
        if (!allowed.contains(scheme)) {
            return Optional.of("destinations of scheme '" + scheme + "' are not allowed; allowed: "
                    + (allowed.isEmpty() ? "none" : String.join(", ", allowed))
                    + "; if it is meant, add it to " + setting + " in application.properties");
        }
        return missingComponent(scheme).or(() -> mlflowProblem(destination, false));
    }

    private static Optional<String> mlflowProblem(String uri, boolean isNamed) {
        return isMlflow(uri) ? MlflowDestinations.problem(uri, isNamed) : Optional.empty();
    }

    private static boolean isMlflow(String uri) {
        return scheme(uri).equals(MlflowDestinations.SCHEME);
    }

    private Optional<String> missing(String name, String uri) {
        return scheme(uri).equals(DATABASE)
                ? DatabaseDestination.problem(name, uri, option -> named.option(name, option))
                : missingComponent(scheme(uri));
    }

    private static Optional<String> missingComponent(String scheme) {
        String component = "META-INF/services/org/apache/camel/component/" + scheme;
        if (Destinations.class.getClassLoader().getResource(component) == null) {
            return Optional.of(ComponentArtifacts.of(scheme)
                    .map(artifact ->
                            "the component for '" + scheme + ":' is not here; fetch it into ext/, once, by adding"
                                    + " --dep " + artifact + " to the command: camel-notebook run … --dep " + artifact)
                    .orElse("Camel has no component for '" + scheme
                            + ":'; check the spelling, or put the jar of your own"
                            + " component and what it needs into ext/"));
        }
        return Optional.empty();
    }

    /** Whether the executed notebook is to be a page, too: the job says so, or it goes to MLflow, where people look at pages. */
    public boolean wantsPage(JobMessage job) {
        return job.files().html() || job.publish().stream().anyMatch(this::showsPages);
    }

    private boolean showsPages(String destination) {
        String uri = named.address(destination).orElse(destination);
        return isMlflow(uri)
                && !uri.contains("html=false")
                && named.option(destination, "html").filter("false"::equals).isEmpty();
    }

    /** What is to be sent where, in the order of the config. */
    public List<Delivery> deliveries(JobResult result) {
        JobMessage job = result.job();
        Path record = MetadataRecord.path(job);
        List<Path> files = job.files().html()
                ? List.of(Path.of(job.output()), NotebookHtml.path(job), record)
                : List.of(Path.of(job.output()), record);
        List<Delivery> deliveries = new ArrayList<>();
        for (String destination : job.publish()) {
            String uri = named.uri(destination).orElse(destination);
            boolean keepsFiles = KEEP_FILES.contains(scheme(uri));
            if (isMlflow(uri)) {
                // Each attempt is a run of its own there. Their ids tell them apart, whatever their files are called by
                // then.
                EarlierAttempt.records(job)
                        .forEach((attempt, earlier) -> deliveries.add(new Delivery(
                                job.run(),
                                job.job(),
                                attempt,
                                MetadataRecord.id(job, attempt),
                                destination,
                                endpoint(uri),
                                false,
                                earlier,
                                null,
                                null,
                                record.getFileName().toString(),
                                job.correlation())));
            }
            for (Path file : keepsFiles ? files : List.of(record)) {
                // A job that could not be executed left no notebook.
                if (Files.exists(file)) {
                    deliveries.add(new Delivery(
                            job.run(),
                            job.job(),
                            job.attempt(),
                            MetadataRecord.id(job),
                            destination,
                            endpoint(uri),
                            keepsFiles,
                            file,
                            null,
                            null,
                            file.getFileName().toString(),
                            job.correlation()));
                }
            }
        }
        return deliveries;
    }

    /**
     * What is to be sent when a run ends: its record, to destinations that keep runs.
     *
     * @param publish where its jobs are published
     * @param table its table of results
     */
    public List<Delivery> deliveries(RunSummary run, Collection<String> publish, Path table, Instant time) {
        List<Delivery> deliveries = new ArrayList<>();
        for (String destination : publish) {
            String uri = named.uri(destination).orElse(destination);
            if (isMlflow(uri)) {
                ObjectNode record = RunRecord.of(run, run.state().jsonName(), time);
                record.withObject("data").put("table", table.toString());
                deliveries.add(new Delivery(
                        run.id(),
                        "",
                        0,
                        record.path("id").asText(),
                        destination,
                        endpoint(uri),
                        false,
                        Path.of(""),
                        record.toString(),
                        null,
                        "the end of run " + run.id(),
                        run.correlation()));
            }
        }
        return deliveries;
    }

    /**
     * The table that a named destination is.
     *
     * @param lookUp gives what placeholders in a setting stand for
     */
    public DatabaseTable table(String destination, UnaryOperator<String> lookUp) {
        return DatabaseDestination.table(
                lookUp.apply(named.address(destination).orElseThrow()), option -> option(destination, option, lookUp));
    }

    /**
     * What a HTTP server is told about who sends, as the value of the header {@code Authorization}; empty if the destination is
     * none, or is to be told nothing.
     *
     * @param lookUp gives what placeholders in a setting stand for
     */
    public Optional<String> authorization(String destination, UnaryOperator<String> lookUp) {
        return named.address(destination)
                .filter(uri -> scheme(uri).startsWith("http"))
                .flatMap(uri -> HttpAuthorization.of(option -> option(destination, option, lookUp)));
    }

    private Optional<String> option(String name, String option, UnaryOperator<String> lookUp) {
        return named.option(name, option).map(lookUp).map(String::strip);
    }

    /** The notice of a run that failed: for people, if it goes to them by mail, or else its record. */
    public Delivery notice(String destination, RunSummary run, Instant time) {
        String uri = named.uri(destination).orElse(destination);
        boolean keepsFiles = KEEP_FILES.contains(scheme(uri));
        boolean isMail = scheme(uri).startsWith("smtp");
        ObjectNode record = RunRecord.of(run, run.state().jsonName(), time);
        String eventId = record.path("id").asText();
        return new Delivery(
                run.id(),
                "",
                0,
                eventId,
                destination,
                endpoint(uri),
                keepsFiles,
                Path.of(""),
                isMail ? FailureNotice.text(run) : record.toString(),
                isMail ? FailureNotice.subject(run) : null,
                keepsFiles ? eventId.replace('/', '-') + ".json" : "the failure of run " + run.id(),
                run.correlation());
    }

    private static String endpoint(String uri) {
        String scheme = scheme(uri);
        if (scheme.equals(DATABASE)) {
            return DatabaseDestination.ENDPOINT;
        }
        if (RENAME.contains(scheme) && !uri.contains("temp")) {
            return with(uri, TEMPORARY);
        }
        if (scheme.equals("kafka") && !uri.contains("brokers=")) {
            return with(uri, BROKERS);
        }
        return uri;
    }

    private static String with(String uri, String option) {
        return uri + (uri.contains("?") ? "&" : "?") + option;
    }

    private static String scheme(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':'))).toLowerCase(Locale.ROOT);
    }
}
