package io.camelnotebook.component;

import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.run.JobCache;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobOutputs;
import io.camelnotebook.run.Reusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds jobs that have done what another is to do, and whose notebooks and files are still as they left them. */
final class EarlierJobs {

    private final JobCache cache;

    EarlierJobs(JobCache cache) {
        this.cache = cache;
    }

    /** The key of a job that may be cached; empty of any other. */
    Optional<String> key(PreparedNotebook prepared, JobMessage job) throws IOException, MissingInputException {
        return job.files().cache() ? Optional.of(CacheKey.of(prepared, job)) : Optional.empty();
    }

    Optional<Reusable> find(String key) {
        return cache.find(key).stream().filter(EarlierJobs::isIntact).findFirst();
    }

    private static boolean isIntact(Reusable job) {
        return job.outputSha256().equals(Checksum.ofFile(Path.of(job.output())))
                && job.files().values().stream()
                        .flatMap(files -> files.files().stream())
                        .allMatch(file -> file.sha256().equals(Checksum.ofFile(Path.of(file.path()))));
    }

    /**
     * Puts what an earlier job left where another is to leave it. If that is the same place it stays as it is.
     *
     * @return the files, where they are now
     */
    static Map<String, JobOutputs.Files> bring(Reusable earlier, JobMessage job) throws IOException {
        Path from = Path.of(earlier.output());
        Path to = Path.of(job.output());
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            return earlier.files();
        }
        Map<String, JobOutputs.Files> files = Map.of();
        if (!earlier.files().isEmpty()) {
            OutputFolder folder = new OutputFolder(job.output());
            folder.open();
            files = folder.copy(earlier.files(), new OutputFolder(earlier.output()));
            folder.commit();
        }
        JobExecutor.backUp(to);
        Files.createDirectories(Objects.requireNonNull(to.toAbsolutePath().getParent()));
        AtomicFile.write(to, Durability.MACHINE_CRASH, out -> Files.copy(from, out));
        return files;
    }
}
