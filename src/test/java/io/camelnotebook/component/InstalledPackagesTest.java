package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.kernel.InterruptMode;
import io.camelnotebook.kernel.KernelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPackagesTest {

    private final Path python;
    private final Path sitePackages;

    InstalledPackagesTest(@TempDir Path environment) throws IOException {
        Path bin = Files.createDirectories(environment.resolve("bin"));
        python = Files.writeString(bin.resolve("python"), "#!");
        sitePackages = Files.createDirectories(environment.resolve("lib/python3.12/site-packages"));
        Files.createDirectory(sitePackages.resolve("pandas-2.2.0.dist-info"));
        Files.createDirectory(sitePackages.resolve("pandas"));
    }

    private static List<String> installed(String program) throws IOException {
        return InstalledPackages.of(new KernelSpec(
                "k", "K", "python", List.of(program), Map.of(), InterruptMode.SIGNAL, Optional.empty(), "test"));
    }

    @Test
    void ofAPythonTheyAreTheInterpreterAndTheVersionsBesideIt() throws IOException {
        Path interpreter = python.toRealPath();
        assertThat(installed(python.toString()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(interpreter + " 2 "))
                .contains("pandas-2.2.0.dist-info");
    }

    @Test
    void anotherVersionOfAPackageShows() throws IOException {
        List<String> before = installed(python.toString());
        Files.move(sitePackages.resolve("pandas-2.2.0.dist-info"), sitePackages.resolve("pandas-2.3.0.dist-info"));

        assertThat(installed(python.toString()))
                .isNotEqualTo(before)
                .contains("pandas-2.3.0.dist-info")
                .doesNotContain("pandas-2.2.0.dist-info");
    }

    @Test
    void ofAnotherProgramItIsTheFileAndOfOneThatIsNotThereNothing(@TempDir Path elsewhere) throws IOException {
        Path program = Files.writeString(elsewhere.resolve("kernel"), "1234");

        assertThat(installed(program.toString())).singleElement().asString().startsWith(program.toRealPath() + " 4 ");
        assertThat(installed("kernel")).isEmpty();
        assertThat(installed(elsewhere.resolve("gone").toString())).isEmpty();
    }
}
