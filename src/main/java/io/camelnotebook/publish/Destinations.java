package io.camelnotebook.publish;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where results may go, and what goes there; how is for each {@link DestinationKind} to say. Thread-safe. */
public final class Destinations {

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
                    .map(address ->
                            named.problem(address).or(() -> address.kind().problem(address)))
                    .orElseGet(() -> Optional.of(named.unknown(destination)));
        }
        Address address = address(destination);
        DestinationKind kind = address.kind();
        return kind.needsName().or(() -> notAllowed(address.scheme())).or(() -> kind.problem(address));
    }

    private Optional<String> notAllowed(String scheme) {
        return allowed.contains(scheme)
                ? Optional.empty()
                : Optional.of("destinations of scheme '" + scheme + "' are not allowed; allowed: "
                        + (allowed.isEmpty() ? "none" : String.join(", ", allowed))
                        + "; if it is meant, add it to " + setting + " in application.properties");
    }

    private Address address(String destination) {
        return named.address(destination)
                .orElseGet(() -> new Address(destination, destination, destination, false, Map.of()));
    }

    /** Whether the executed notebook is to be a page, too: the job says so, or it goes to where people look at pages. */
    public boolean wantsPage(JobMessage job) {
        return job.files().html()
                || job.publish().stream()
                        .map(this::address)
                        .anyMatch(address -> address.kind().showsPages(address));
    }

    /** What is to be sent where, in the order of the config. */
    public List<Delivery> deliveries(JobResult result) {
        JobMessage job = result.job();
        List<Delivery> deliveries = new ArrayList<>();
        for (String destination : job.publish()) {
            Address address = address(destination);
            for (Content content : address.kind().ofJob(result)) {
                // People may have removed a page or a notebook since.
                if (content.file() == null || Files.exists(content.file())) {
                    deliveries.add(delivery(address, job.run(), job.job(), content, job.correlation()));
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
        return publish.stream()
                .map(this::address)
                .flatMap(address -> address.kind().ofRun(run, table, time).stream()
                        .map(content -> delivery(address, run.id(), "", content, run.correlation())))
                .toList();
    }

    /** The notice of a run that failed. */
    public Delivery notice(String destination, RunSummary run, Instant time) {
        Address address = address(destination);
        return delivery(address, run.id(), "", address.kind().ofFailure(run, time), run.correlation());
    }

    private static Delivery delivery(
            Address address, String run, String job, Content content, @Nullable String correlation) {
        DestinationKind kind = address.kind();
        return new Delivery(run, job, address.destination(), kind, kind.endpoint(address.full()), content, correlation);
    }

    /**
     * The table that a named destination is.
     *
     * @param lookUp gives what placeholders in a setting stand for
     */
    public DatabaseTable table(String destination, UnaryOperator<String> lookUp) {
        Address address = address(destination);
        return DatabaseDestination.table(lookUp.apply(address.uri()), options(address, lookUp));
    }

    /**
     * The headers by which a destination is told who sends; empty if it is told so in another way, or not at all.
     *
     * @param lookUp gives what placeholders in a setting stand for
     */
    public Map<String, String> credentials(String destination, UnaryOperator<String> lookUp) {
        Address address = address(destination);
        return address.kind().credentials(options(address, lookUp));
    }

    private static Function<String, Optional<String>> options(Address address, UnaryOperator<String> lookUp) {
        return option -> address.option(option).map(lookUp).map(String::strip);
    }
}
