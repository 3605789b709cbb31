package io.camelnotebook.component;

import io.camelnotebook.run.JobOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The folder of a job's files, {@code <notebook>_<label>_files} beside its executed notebook. The job fills another one,
 * which takes its place when the job has succeeded; so it is whole, or not there. The one before becomes
 * {@code …_files_backup}.
 */
final class OutputFolder {

    /** The variable by which a notebook finds the folder that is its own. */
    static final String VARIABLE = "CAMEL_NOTEBOOK_OUTPUT_DIR";

    private final Path folder;
    private final Path next;

    /** @param notebook the path of the executed notebook */
    OutputFolder(String notebook) {
        Path output = Path.of(notebook).toAbsolutePath();
        String name = output.getFileName().toString().replaceFirst("\\.ipynb$", "") + "_files";
        folder = output.resolveSibling(name);
        next = output.resolveSibling("." + name + ".new");
    }

    /** The folder for the job to fill. */
    Path filled() {
        return next;
    }

    /** Makes the folder to be filled, empty. */
    void open() throws IOException {
        FileTree.delete(next);
        Files.createDirectories(next);
    }

    /**
     * Brings the files of the outputs that are not in the folder yet there, from the job's working directory.
     *
     * @throws MissingOutputException if there is no file of an output
     */
    Map<String, JobOutputs.Files> collect(Map<String, String> outputs, Path directory)
            throws IOException, MissingOutputException {
        Map<String, JobOutputs.Files> collected = new LinkedHashMap<>();
        for (Map.Entry<String, String> output : outputs.entrySet()) {
            FilePattern pattern = new FilePattern(output.getValue());
            List<Path> files = pattern.files(next);
            if (files.isEmpty()) {
                files = pattern.files(directory);
                for (Path file : files) {
                    Path target = next.resolve(file);
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    Files.copy(directory.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (files.isEmpty()) {
                throw new MissingOutputException(output.getKey(), output.getValue(), directory);
            }
            List<JobOutputs.Kept> kept = new ArrayList<>();
            for (Path file : files) {
                kept.add(kept(file));
            }
            collected.put(output.getKey(), new JobOutputs.Files(pattern.isGlob(), kept));
        }
        return collected;
    }

    private JobOutputs.Kept kept(Path file) throws IOException {
        Path filled = next.resolve(file);
        return new JobOutputs.Kept(folder.resolve(file).toString(), Checksum.of(filled), Files.size(filled));
    }

    /** Copies the files that an earlier job left. */
    Map<String, JobOutputs.Files> copy(Map<String, JobOutputs.Files> files, OutputFolder earlier) throws IOException {
        Map<String, JobOutputs.Files> copied = new LinkedHashMap<>();
        for (Map.Entry<String, JobOutputs.Files> entry : files.entrySet()) {
            List<JobOutputs.Kept> kept = new ArrayList<>();
            for (JobOutputs.Kept file : entry.getValue().files()) {
                Path name = earlier.folder.relativize(Path.of(file.path()));
                Path target = next.resolve(name);
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(Path.of(file.path()), target, StandardCopyOption.REPLACE_EXISTING);
                kept.add(new JobOutputs.Kept(folder.resolve(name).toString(), file.sha256(), file.bytes()));
            }
            copied.put(entry.getKey(), new JobOutputs.Files(entry.getValue().glob(), kept));
        }
        return copied;
    }

    /** Puts the filled folder in its place. */
    void commit() throws IOException {
        if (Files.exists(folder)) {
            Path backup = folder.resolveSibling(folder.getFileName() + "_backup");
            FileTree.delete(backup);
            Files.move(folder, backup, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(next, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves nothing of what the job filled. */
    void discard() throws IOException {
        FileTree.delete(next);
    }
}
