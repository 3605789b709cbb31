package io.camelnotebook.main;

import io.camelnotebook.execution.MachineMemory;
import io.camelnotebook.kernel.KernelTransport;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.pipeline.Sizes;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.run.LedgerLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be set: defaults, over them {@code application.properties} in the working directory, over them system
 * properties, and over all of them the options of a command.
 */
final class Settings {

    private static final String PREFIX = "notebook.";

    /** The system property by which the launcher says where the project or distribution is. */
    private static final String HOME = "camel.notebook.home";

    private final Properties properties = new Properties();

    private Settings() {}

    /** The settings of this process. */
    static Settings load() {
        Settings settings = new Settings();
        try (InputStream defaults = Objects.requireNonNull(Settings.class.getResourceAsStream("defaults.properties"))) {
            settings.properties.load(defaults);
            Path file = Path.of("application.properties");
            if (Files.exists(file)) {
                try (InputStream own = Files.newInputStream(file)) {
                    settings.properties.load(own);
                }
            }
            settings.loadSecrets();
        } catch (IOException e) {
            throw new UncheckedIOException("the settings cannot be read: " + e.getMessage(), e);
        }
        System.getProperties().forEach((key, value) -> {
            if (key instanceof String name && (name.startsWith(PREFIX) || name.startsWith("camel."))) {
                settings.properties.put(name, value);
            }
        });
        return settings;
    }

    /** A file with settings that not everybody who sees the others should see. */
    private void loadSecrets() throws IOException {
        String file = System.getProperty("notebook.secrets", text("notebook.secrets"));
        if (file.isBlank()) {
            return;
        }
        try (InputStream secrets = Files.newInputStream(Path.of(file.strip()))) {
            properties.load(secrets);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file + ", which the setting notebook.secrets names");
        }
    }

    /** Sets one, over all that said otherwise. */
    Settings with(String name, Object value) {
        properties.put(name, String.valueOf(value));
        return this;
    }

    Properties properties() {
        return properties;
    }

    Path configs() {
        return Path.of(text("notebook.configs"));
    }

    /** Whether the watched folder is the one that comes with the project or distribution. */
    boolean watchesOwnConfigs() throws IOException {
        String home = System.getProperty(HOME);
        Path own = Path.of(home == null ? "" : home, "configs");
        return home != null
                && Files.isDirectory(own)
                && Files.isDirectory(configs())
                && Files.isSameFile(own, configs());
    }

    Path outputs() {
        return Path.of(text("notebook.outputs"));
    }

    /** Where the ledger is: in the outputs folder, unless it is set. */
    LedgerLocation ledger() {
        String text = text("notebook.ledger");
        try {
            return text.isEmpty() ? LedgerLocation.file(outputs().resolve("runs.db")) : LedgerLocation.of(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the setting notebook.ledger " + e.getMessage());
        }
    }

    /** The ledger, with a folder that an option names in the place of the usual one; it must be there. */
    LedgerLocation existingLedger(@Nullable Path folder) {
        LedgerLocation ledger =
                folder == null ? ledger() : with("notebook.outputs", folder).ledger();
        if (ledger.isMissing()) {
            throw new UsageException("there is no ledger " + ledger
                    + "; nothing has run here yet, or its folder is another one: name it with --outputs");
        }
        return ledger;
    }

    /** How many kernels may be alive at once; the number of cores unless it is set. */
    int kernels() {
        return properties.containsKey("notebook.kernels")
                ? number("notebook.kernels")
                : Runtime.getRuntime().availableProcessors();
    }

    /** How kernels are to be started where they can be. */
    StartMode kernelStart() {
        return Arrays.stream(StartMode.values())
                .filter(mode -> mode.jsonName().equals(text("notebook.kernel-start")))
                .findFirst()
                .orElseThrow(() -> new UsageException("the setting notebook.kernel-start is '"
                        + text("notebook.kernel-start") + "'; expected fork, warm or fresh"));
    }

    /** How many kernels may wait for notebooks; 0 if that is not set. */
    int warmKernels() {
        return properties.containsKey("notebook.warm-kernels") ? number("notebook.warm-kernels") : 0;
    }

    /** How many bytes all kernels may have together, of what their jobs say. */
    long memory() {
        if (!properties.containsKey("notebook.memory")) {
            return MachineMemory.forNotebooks();
        }
        OptionalLong bytes = Sizes.parse(text("notebook.memory"));
        if (bytes.isEmpty() || bytes.getAsLong() == 0) {
            throw new UsageException("the setting notebook.memory is '" + text("notebook.memory")
                    + "'; expected an amount of memory, " + Sizes.EXAMPLES);
        }
        return bytes.getAsLong();
    }

    /** Whether jobs whose configs allow it are not run again. */
    boolean cache() {
        return Boolean.parseBoolean(text("notebook.cache"));
    }

    /** What carries the messages of forked kernels. */
    KernelTransport kernelTransport() {
        return Arrays.stream(KernelTransport.values())
                .filter(transport -> transport.jsonName().equals(text("notebook.kernel-transport")))
                .findFirst()
                .orElseThrow(() -> new UsageException("the setting notebook.kernel-transport is '"
                        + text("notebook.kernel-transport") + "'; expected socket or zmq"));
    }

    int window() {
        return number("notebook.window");
    }

    /**
     * How many chunks of a job with a map may be queued or running at once: more than are executed here, so that no kernel
     * waits for its next; as many as there may be jobs, if there may be kernels elsewhere.
     */
    int chunks() {
        boolean here = text("notebook.jobs").startsWith("seda:");
        return here ? kernels() + (kernels() + 1) / 2 : window();
    }

    /** How often a job that failed through no fault of its own is tried again. */
    int retries() {
        return wholeNumber("notebook.retries", "999");
    }

    /** How often a delivery that did not arrive is tried again. */
    int publishRetries() {
        return wholeNumber("notebook.publish.retries", "999");
    }

    /** How long a delivery waits before it is first tried again. */
    Duration publishDelay() {
        return Duration.ofMillis(wholeNumber("notebook.publish.delay", "999999999"));
    }

    /** @param most as many nines as it may have digits */
    private int wholeNumber(String name, String most) {
        String text = text(name);
        if (!text.matches("\\d{1," + most.length() + "}")) {
            throw new UsageException(
                    "the setting " + name + " is '" + text + "'; expected a whole number from 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    /** Whether the engine waits for messages of a JMS broker, and so needs it from its start. */
    boolean listensToJms() {
        return !text("notebook.jms.queue").isEmpty()
                || text("notebook.jobs").startsWith("jms:")
                || text("notebook.results").startsWith("jms:");
    }

    int maxJobs() {
        return number("notebook.max-jobs");
    }

    /** How late a time of a schedule may be noticed without having been missed. */
    Duration scheduleGrace() {
        return Duration.ofMillis(number("notebook.schedule.grace"));
    }

    Set<String> publishSchemes() {
        return list("notebook.publish.schemes").collect(Collectors.toSet());
    }

    /** The destination that is told of failed runs; empty if none is. */
    String onFailure(Destinations destinations) {
        String name = text("notebook.on-failure");
        if (!name.isEmpty()) {
            (name.contains(":")
                            ? Optional.of(
                                    "expected the name of a destination: set notebook.destination.NAME to the URI")
                            : destinations.problem(name))
                    .ifPresent(problem -> {
                        throw new UsageException("the setting notebook.on-failure is '" + name + "': " + problem);
                    });
        }
        return name;
    }

    /** The values of a setting that are separated by commas. */
    Stream<String> list(String name) {
        return Arrays.stream(text(name).split(",")).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Where the routes are: in the working directory, or else where the project or distribution is. */
    String routes() {
        Path here = Path.of("routes");
        Path folder = Files.isDirectory(here)
                ? here
                : Path.of(System.getProperty(HOME, ".")).resolve(here);
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "there are no routes: " + folder.toAbsolutePath().normalize()
                            + " is not a folder; get it back from the repository or the distribution");
        }
        try {
            // Camel looks into no folder that is a link.
            return "file:" + (Files.isSymbolicLink(folder) ? folder.toRealPath() : folder) + "/*.camel.yaml";
        } catch (IOException e) {
            throw new UncheckedIOException("the routes cannot be read: " + e.getMessage(), e);
        }
    }

    String text(String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new UsageException("the setting " + name + " is missing");
        }
        return value.strip();
    }

    int number(String name) {
        try {
            int number = Integer.parseInt(text(name));
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as any other value that will not do
        }
        throw new UsageException("the setting " + name + " is '" + text(name) + "'; expected a whole number from 1");
    }
}
