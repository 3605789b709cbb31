package io.camelnotebook.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The commits that notebooks are of, asked of git once for each folder and a short while. Without a git program, or
 * outside of a repository, there is none. Thread-safe.
 */
final class GitCommits {

    /** Longer than a batch takes to ask for its folder; shorter than people take to commit and run again. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private record Answer(Optional<String> commit, long nanoTime) {
        boolean isFresh() {
            return System.nanoTime() - nanoTime < KEPT.toNanos();
        }
    }

    private final Map<Path, Answer> answers = new ConcurrentHashMap<>();

    /** The commit that is checked out where the notebook is. */
    Optional<String> of(Path notebook) {
        Path folder = notebook.toAbsolutePath().resolveSibling("");
        return answers.compute(
                        folder,
                        (path, known) ->
                                known != null && known.isFresh() ? known : new Answer(ask(path), System.nanoTime()))
                .commit();
    }

    private static Optional<String> ask(Path folder) {
        try {
            Process git = new ProcessBuilder("git", "-C", folder.toString(), "rev-parse", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            if (!git.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                git.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
