package io.camelnotebook.publish.mlflow;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of runs, where the server takes them itself: it does, unless it was told to leave that to its clients. Thread-safe. */
final class Artifacts {

    private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);

    /** With the name of no other host. */
    private static final Pattern KEPT_BY_SERVER = Pattern.compile("mlflow-artifacts:(?:/|///)([^/].*)");

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private final TrackingClient client;

    Artifacts(TrackingClient client) {
        this.client = client;
    }

    /** Uploads a file, if it is there. */
    void upload(ExperimentRuns.Run run, Path file) throws MlflowException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Matcher place = KEPT_BY_SERVER.matcher(run.artifacts());
        if (!place.matches()) {
            tell(run);
            return;
        }
        try {
            client.upload(place.group(1) + "/" + file.getFileName(), BodyPublishers.ofFile(file));
        } catch (FileNotFoundException e) {
            throw new MlflowException("the file " + file + " cannot be read: " + e.getMessage(), "");
        }
    }

    private void tell(ExperimentRuns.Run run) {
        String place = run.artifacts().replaceFirst("/[^/]*/artifacts$", "");
        if (TOLD.add(client + " " + place)) {
            LOG.warn(
                    "{} leaves it to its clients to keep artifacts in {}, which is not supported: runs there get no files;"
                            + " let the server keep them: mlflow server --serve-artifacts, and an experiment made since then",
                    client,
                    place);
        }
    }
}
