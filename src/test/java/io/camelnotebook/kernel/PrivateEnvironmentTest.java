package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateEnvironmentTest {
    private final Path root;
    private final FakeMachine machine;

    PrivateEnvironmentTest(@TempDir Path root) {
        this.root = root;
        this.machine = new FakeMachine(root);
    }

    @Test
    void itIsMadeOnceAndFoundAgain() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        assertThat(machine.privateEnvironment("a").existing()).isEmpty();
        Path python = machine.privateEnvironment("a").python();
        assertThat(python).isEqualTo(machine.privateFolder().resolve("bin/python"));
        assertThat(machine.privateEnvironment("a").existing()).hasValue(python);
        assertThat(machine.privateEnvironment("a").python()).isEqualTo(python);
        assertThat(machine.progress)
                .containsExactly(
                        "Creating a Python environment in " + machine.privateFolder() + " (once, about a minute)");
        assertThat(machine.privateFolder().resolve("requirements.txt")).hasContent("a");
    }

    @Test
    void itLivesWhereTheUserKeepsData() throws IOException {
        machine.variables.put("XDG_DATA_HOME", root.resolve("xdg").toString());
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        assertThat(machine.privateEnvironment("a").python())
                .isEqualTo(root.resolve("xdg/camel-notebook/python/bin/python"));
    }

    @Test
    void otherRequirementsMakeItAnew() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        machine.privateEnvironment("a").python();
        Path leftover = Files.createFile(machine.privateFolder().resolve("leftover"));
        assertThat(machine.privateEnvironment("b").existing()).isEmpty();
        machine.privateEnvironment("b").python();
        assertThat(leftover).doesNotExist();
    }

    @Test
    void oneWhosePythonIsGoneIsMadeAnew() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        Path python = machine.privateEnvironment("a").python();
        Files.delete(python);
        assertThat(machine.privateEnvironment("a").existing()).isEmpty();
        assertThat(machine.privateEnvironment("a").python()).isExecutable();
    }

    @Test
    void enginesAtTheSameTimeMakeItOnce() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Path>> made = Stream.generate(() -> machine.privateEnvironment("a"))
                    .limit(4)
                    .map(environment -> CompletableFuture.supplyAsync(environment::python, threads))
                    .toList();
            made.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        assertThat(machine.calls()).filteredOn(call -> call.endsWith("-m venv")).hasSize(1);
    }

    @Test
    void anOldOrIncapablePythonIsPassedOver() throws IOException {
        machine.python("usr/bin/python3", 8, "venv", "ensurepip");
        machine.python("usr/bin/python3.12", 12, "venv");
        machine.pythonThatMakes("usr/bin/python3.10", 10, "true", "true", "venv", "ensurepip");
        machine.privateEnvironment("a").python();
        assertThat(machine.calls()).contains(root.resolve("usr/bin/python3.10") + " -m venv");
    }

    @Test
    void noPythonAtAllSaysWhatToInstall() throws IOException {
        machine.python("usr/bin/python3", 8, "venv", "ensurepip");
        assertFails("no Python 3.9 or newer", "run: apt install python3 python3-venv");
    }

    @Test
    void aPythonWithoutEnsurepipSaysWhatToInstall() throws IOException {
        machine.python("usr/bin/python3", 11, "venv");
        assertFails("usr/bin/python3 (Python 3.11) can't make a virtual environment", "run: apt install python3-venv");
    }

    @Test
    void debiansOwnComplaintSaysWhatToInstall() throws IOException {
        String complaint = "{ echo 'because ensurepip is not'; echo 'available.  On Debian/Ubuntu'; exit 1; }";
        machine.pythonThatMakes("usr/bin/python3", 11, complaint, "true", "venv", "ensurepip");
        assertFails("can't make a virtual environment", "run: apt install python3-venv");
    }

    @Test
    void aFailingVenvSaysHowToSeeMore() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "{ echo 'disk full'; exit 1; }", "true", "venv", "ensurepip");
        assertFails("can't be made: disk full", "run: " + root.resolve("usr/bin/python3") + " -m venv ");
    }

    @Test
    void aFailingPipSaysWhyAndWhatToRunInstead() throws IOException {
        String pip = "echo 'WARNING: retry'; echo 'ERROR: No matching distribution found for ipykernel'; exit 1";
        machine.pythonThatMakes("usr/bin/python3", 11, "true", pip, "venv", "ensurepip");
        assertFails(
                "pip could not install one: No matching distribution found for ipykernel.",
                root.resolve("usr/bin/python3") + " -m venv kernels && kernels/bin/pip install ipykernel");
    }

    @Test
    void aFolderThatCannotBeWrittenSaysSo() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        Files.createDirectories(root.resolve("home/.local"));
        Files.createFile(root.resolve("home/.local/share"));
        assertFails("can't be made in " + machine.privateFolder(), "XDG_DATA_HOME");
    }

    private void assertFails(String reason, String remedy) {
        PrivateEnvironment environment = machine.privateEnvironment("a");
        assertThatThrownBy(environment::python)
                .isInstanceOf(PrivateEnvironmentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(remedy)
                .message()
                .doesNotContain("\n");
        assertThat(environment.existing()).isEmpty();
        assertThat(Files.exists(machine.privateFolder().resolve("bin"))).isFalse();
    }
}
