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
import org.jspecify.annotations.Nullable;

/** Finds notebooks: relative to the working directory, or else to the config file's folder. */
final class NotebookFinder {

    private static final int MAX_NEIGHBOURS = 1_000;

    private final Problems problems;
    private final Path workingDirectory;
    private final Path configFolder;
    /** By the path as written: entries of a batch mostly share a few notebooks. */
    private final Map<String, Search> searches = new HashMap<>();

    /**
     * What came of looking for one path.
     *
     * @param file where it is, or would be; null when the text is no path
     * @param problem empty when it was found
     */
    private record Search(@Nullable Path file, String problem, String remedy) {}

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
        Search search = searches.computeIfAbsent(written, this::search);
        if (!search.problem().isEmpty()) {
            problems.add(place, search.problem(), search.remedy());
        }
        // One that is missing stands for itself, so that the rest of its job is checked as well.
        return Optional.ofNullable(search.file()).map(file -> new JobTemplate.Notebook(written, file));
    }

    private Search search(String written) {
        List<Path> candidates;
        try {
            candidates = Stream.of(workingDirectory, configFolder)
                    .map(folder -> folder.resolve(written).normalize())
                    .distinct()
                    .toList();
        } catch (InvalidPathException e) {
            return new Search(null, Words.quote(written) + " is not a path: " + e.getReason(), "");
        }
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate)) {
                return new Search(candidate, "", "");
            }
        }
        for (Path candidate : candidates) {
            if (Files.exists(candidate)) {
                return new Search(
                        candidate,
                        Words.quote(candidate.toString()) + " is not a file",
                        "name a notebook in it, one that ends in .ipynb");
            }
        }
        return new Search(
                candidates.get(0),
                "there is no notebook " + Words.quote(written) + places(written, candidates.size()),
                suggestion(candidates));
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
