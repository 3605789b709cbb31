package io.camelnotebook.component;

import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.run.JobMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A checksum of all that is known to decide what a job does: code cells with the parameters in them, kernel and its
 * installed packages, working directory and variables, the content of its inputs, and what the jobs it needs left.
 */
final class CacheKey {

    /** Changed with what a key contains, so that older keys are not found. */
    private static final String VERSION = "2";

    private final MessageDigest digest = Checksum.digest();

    private CacheKey() {}

    /**
     * The key of a job.
     *
     * @throws MissingInputException if there is no file of an input
     * @throws IOException if an input cannot be read
     */
    static String of(PreparedNotebook prepared, JobMessage job) throws IOException, MissingInputException {
        CacheKey key = new CacheKey();
        key.add("version", VERSION);
        for (Cell cell : prepared.notebook().cells()) {
            if (cell.isExecutable()) {
                key.add("cell", cell.source(), new TreeSet<>(cell.tags()).toString());
            }
        }
        key.addKernel(prepared.kernel());
        key.add("directory", job.directory());
        key.add("environment", new TreeMap<>(job.environment()).toString());
        key.add("cells", job.cells().toString());
        key.add("outputs", new TreeMap<>(job.files().outputs()).toString());
        key.add("upstream", String.valueOf(job.files().upstream()));
        for (String input : job.files().inputs()) {
            key.addInput(input, Path.of(job.directory()));
        }
        return HexFormat.of().formatHex(key.digest.digest());
    }

    private void addKernel(KernelSpec kernel) throws IOException {
        add("kernel", kernel.name(), kernel.language(), kernel.argv().toString());
        add("kernel environment", new TreeMap<>(kernel.env()).toString());
        add("packages", InstalledPackages.of(kernel).toArray(String[]::new));
    }

    private void addInput(String input, Path directory) throws IOException, MissingInputException {
        Path single = directory.resolve(input);
        FilePattern pattern = new FilePattern(Files.isDirectory(single) ? input.replaceFirst("/*$", "/**") : input);
        List<Path> files = pattern.files(directory);
        if (files.isEmpty()) {
            throw new MissingInputException(input, directory);
        }
        for (Path file : files) {
            add("input", file.toString(), Checksum.of(directory.resolve(file)));
        }
    }

    /** Each text with its length, so that no two lists of texts are the same bytes. */
    private void add(String what, String... texts) {
        addText(what);
        for (String text : texts) {
            addText(text);
        }
    }

    private void addText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
