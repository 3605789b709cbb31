package io.camelnotebook.component;

import io.camelnotebook.pipeline.OutputFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Files below a folder as a config names them: one by its path, or as many as a glob matches. */
final class FilePattern {

    private final String pattern;

    FilePattern(String pattern) {
        this.pattern = pattern;
    }

    boolean isGlob() {
        return OutputFile.isGlob(pattern);
    }

    /** The regular files there are, relative to the folder if the pattern is, and sorted. Links to folders are not followed. */
    List<Path> files(Path folder) throws IOException {
        if (!isGlob()) {
            return Files.isRegularFile(folder.resolve(pattern)) ? List.of(Path.of(pattern)) : List.of();
        }
        Path root = folder.resolve(fixedPart());
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        boolean absolute = pattern.startsWith("/");
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                boolean deepEnough = visited.getNameCount() - folder.getNameCount() >= depth() && !absolute;
                return deepEnough ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path name = absolute ? file : folder.relativize(file);
                if (Files.isRegularFile(file) && matcher.matches(name)) {
                    files.add(name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }

    /** The folders before the first name with a wildcard in it: all that is elsewhere need not be looked at. */
    private String fixedPart() {
        StringBuilder fixed = new StringBuilder(pattern.startsWith("/") ? "/" : "");
        for (String name : pattern.split("/", -1)) {
            if (OutputFile.isGlob(name)) {
                break;
            }
            fixed.append(name).append('/');
        }
        return fixed.toString().replace("//", "/");
    }

    private int depth() {
        return pattern.contains("**") || pattern.contains("{") ? Integer.MAX_VALUE : pattern.split("/", -1).length;
    }
}
