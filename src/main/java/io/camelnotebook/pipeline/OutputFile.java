package io.camelnotebook.pipeline;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** A file, or a glob of files, that a job says it leaves. */
public final class OutputFile {

    private OutputFile() {}

    /** Whether the text stands for as many files as there are, and not for one. */
    public static boolean isGlob(String pattern) {
        return pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** @throws ExpressionException when the text does not stay inside the folder it is relative to */
    static void check(String name, String pattern) {
        String output = "output " + Words.quote(name) + ": ";
        try {
            if (isGlob(pattern)) {
                FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            } else if (Path.of(pattern).isAbsolute()) {
                throw new ExpressionException(output + outside(pattern));
            }
        } catch (PatternSyntaxException | InvalidPathException e) {
            throw new ExpressionException(output + "expected a path or a glob, found " + Words.quote(pattern));
        }
        if (pattern.isBlank() || pattern.startsWith("/") || pattern.matches("(.*/)?\\.\\.?(/.*)?")) {
            throw new ExpressionException(output + outside(pattern));
        }
    }

    private static String outside(String pattern) {
        return "expected a path inside the job's working directory, without '.' and '..', found "
                + Words.quote(pattern);
    }
}
