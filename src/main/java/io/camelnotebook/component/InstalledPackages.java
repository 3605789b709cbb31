package io.camelnotebook.component;

import io.camelnotebook.kernel.KernelSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which interpreter a Python kernel has, and which versions of which packages are installed beside it, as far as the
 * names of folders tell. Of other kernels it is the file of the program, with its size and date.
 */
final class InstalledPackages {

    private InstalledPackages() {}

    static List<String> of(KernelSpec kernel) throws IOException {
        List<String> packages = new ArrayList<>();
        Path program = Path.of(kernel.argv().get(0));
        if (!program.isAbsolute() || !Files.exists(program)) {
            return packages;
        }
        Path file = program.toRealPath();
        packages.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
        Path bin = program.getParent();
        Path environment = bin == null ? null : bin.getParent();
        if (environment != null && Files.isDirectory(environment.resolve("lib"))) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(environment.resolve("lib"), "python*")) {
                for (Path version : versions) {
                    addInstalled(version.resolve("site-packages"), packages);
                }
            }
        }
        Collections.sort(packages);
        return packages;
    }

    private static void addInstalled(Path sitePackages, List<String> packages) throws IOException {
        if (Files.isDirectory(sitePackages)) {
            try (DirectoryStream<Path> installed = Files.newDirectoryStream(sitePackages, "*.{dist-info,egg-info}")) {
                installed.forEach(folder -> packages.add(String.valueOf(folder.getFileName())));
            }
        }
    }
}
