package io.camelnotebook.main;

import io.camelnotebook.component.NotebookChecks;
import io.camelnotebook.entrance.ReceivedConfigs;
import io.camelnotebook.entrance.ReceivedLimits;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of the entrances: which are open, and what configs that come in by them may do. */
final class EntranceSettings {

    private static final int HIGHEST_PORT = 65_535;
    private static final String KAFKA = "META-INF/services/org/apache/camel/component/kafka";

    private final Settings settings;

    EntranceSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Checks that the entrances can be opened.
     *
     * @throws UsageException if not, with what to do about it
     */
    void check() {
        if (!settings.text("notebook.http.port").isEmpty()) {
            checkHttp();
        }
        if (!settings.text("notebook.kafka.topic").isEmpty()
                && getClass().getClassLoader().getResource(KAFKA) == null) {
            throw new UsageException(
                    "the setting notebook.kafka.topic needs Camel's Kafka component, which is not here;"
                            + " fetch it into ext/, once, by adding --dep camel-kafka to the command: camel-notebook watch"
                            + " --dep camel-kafka");
        }
        settings.number("notebook.received.max-bytes");
    }

    private void checkHttp() {
        long port = settings.number("notebook.http.port");
        if (port > HIGHEST_PORT) {
            throw new UsageException("the setting notebook.http.port, or --port, is '"
                    + settings.text("notebook.http.port") + "'; expected a number from 1 to " + HIGHEST_PORT);
        }
        String host = settings.text("notebook.http.host");
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress()
                    && settings.text("notebook.http.token").isEmpty()) {
                throw new UsageException(
                        "with notebook.http.host '" + host + "' others than this machine can send configs,"
                                + " which run programs here; set notebook.http.token as well, to what they must know");
            }
            checkFree(new InetSocketAddress(address, (int) port));
        } catch (UnknownHostException e) {
            throw new UsageException(
                    "the setting notebook.http.host is '" + host + "', which is no address of this machine");
        }
    }

    private static void checkFree(InetSocketAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException e) {
            throw new UsageException("the HTTP entrance cannot listen on " + address.getHostString() + ":"
                    + address.getPort() + ": " + e.getMessage()
                    + "; choose another port with --port or the setting notebook.http.port, or stop what has this one");
        }
    }

    /** What came by the entrances, and how it is read. */
    ReceivedConfigs configs(NotebookExecutor executor) {
        Destinations destinations = new Destinations(
                values("notebook.received.schemes"),
                "notebook.received.schemes",
                new NamedDestinations(settings.properties()).ofReceived(values("notebook.received.destinations")));
        PipelineCheck checks = new ReceivedLimits(
                settings.list("notebook.received.notebooks").map(Path::of).toList(),
                values("notebook.received.env"),
                values("notebook.received.functions"),
                new NotebookChecks(executor, settings.memory(), destinations, values("notebook.received.kernels")));
        PipelineLimits limits = PipelineLimits.defaults().withMaxJobs(settings.maxJobs());
        return new ReceivedConfigs(
                settings.configs(),
                settings.number("notebook.received.max-bytes"),
                new PipelineReader(Path.of(""), limits, checks));
    }

    private Set<String> values(String name) {
        return settings.list(name).collect(Collectors.toSet());
    }
}
