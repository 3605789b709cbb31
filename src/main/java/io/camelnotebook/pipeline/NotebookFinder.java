package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds notebooks: relative to the working directory, or else to the config file's folder. */
final class NotebookFinder {

    private static final int MAX_NEIGHBOURS = 1_000;

    private final Problems problems;
    private final Path workingDirectory;
    private final Path configFolder;
    /** By the path as written: entries of a batch mostly share a few notebooks. */
    private final Map<String, Path> found = new HashMap<>();

    NotebookFinder(Problems problems, Path workingDirectory, Path configFile) {
        this.problems = problems;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.configFolder =
                Objects.requireNonNull(configFile.toAbsolutePath().normalize().getParent());
    }

    /** The notebook; empty when the text cannot be one's path, which has been told. */
    Optional<JobTemplate.Notebook> find(String written, JsonPointer place) {
        if (Template.isTemplate(written)) {
            problems.add(
                    place,
                    "expressions ${…} are not allowed in 'notebook'",
                    "they may be in parameters, label, output, env and cwd");
            return Optional.empty();
        }
        Optional<Path> file = Optional.ofNullable(found.get(written)).or(() -> search(written, place));
        file.ifPresent(path -> found.put(written, path));
        return file.map(path -> new JobTemplate.Notebook(written, path));
    }

    /** A notebook that is missing is told, and stands for itself: so the rest of its job is checked, too. */
    private Optional<Path> search(String written, JsonPointer place) {
        List<Path> candidates;
        try {
            candidates = Stream.of(workingDirectory, configFolder)
                    .map(folder -> folder.resolve(written).normalize())
                    .distinct()
                    .toList();
        } catch (InvalidPathException e) {
            problems.add(place, Words.quote(written) + " is not a path: " + e.getReason(), "");
            return Optional.empty();
        }
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        for (Path candidate : candidates) {
            if (Files.exists(candidate)) {
                problems.add(
                        place,
                        Words.quote(candidate.toString()) + " is not a file",
                        "name a notebook in it, one that ends in .ipynb");
                return Optional.of(candidate);
            }
        }
        problems.add(
                place,
                "there is no notebook " + Words.quote(written) + places(written, candidates.size()),
                suggestion(candidates));
        return Optional.of(candidates.get(0));
    }

    private String places(String written, int candidates) {
        if (Path.of(written).isAbsolute()) {
            return "";
        }
        return candidates == 1
                ? " in " + workingDirectory
                : ", neither in " + workingDirectory + " nor in " + configFolder;
    }

    private static String suggestion(List<Path> candidates) {
        String otherwise = "paths are relative to the working directory, or else to the config file's folder";
        for (Path candidate : candidates) {
            Path folder = candidate.getParent();
            if (folder != null && candidate.getFileName() != null && Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    List<String> names = files.limit(MAX_NEIGHBOURS)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".ipynb"))
                            .sorted()
                            .toList();
                    String nearest = Suggestion.nearest(candidate.getFileName().toString(), names, "");
                    if (!nearest.isEmpty()) {
                        return nearest;
                    }
                } catch (IOException e) {
                    // A suggestion is a courtesy: what there is to mend has been said.
                    continue;
                }
            }
        }
        return otherwise;
    }
}
