package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecsTest {
    private static final String[] ALL = {"ipykernel", "pandas", "matplotlib", "venv", "ensurepip"};

    private final Path root;
    private final FakeMachine machine;

    KernelSpecsTest(@TempDir Path root) {
        this.root = root;
        this.machine = new FakeMachine(root);
    }

    @Test
    void jupyterPathsCountInTheirOrder() throws IOException {
        List<String> folders = List.of(
                "first", "second", "data", "home/.local/share/jupyter", "venv/share/jupyter", "conda/share/jupyter");
        machine.variables.putAll(Map.of(
                "JUPYTER_PATH", root.resolve("first") + ":" + root.resolve("second"),
                "JUPYTER_DATA_DIR", root.resolve("data").toString(),
                "VIRTUAL_ENV", root.resolve("venv").toString(),
                "CONDA_PREFIX", root.resolve("conda").toString()));
        machine.kernelspec("usr/share/jupyter/kernels/k", "usr/share/jupyter");
        assertThat(machine.specs().require("k").displayName()).isEqualTo("usr/share/jupyter");
        for (int i = folders.size() - 1; i >= 0; i--) {
            machine.kernelspec(folders.get(i) + "/kernels/k", folders.get(i));
            assertThat(machine.specs().require("k").displayName()).isEqualTo(folders.get(i));
        }
        assertThat(machine.specs().list().specs()).hasSize(1);
    }

    @Test
    void allOfAKernelJsonIsRead() throws IOException {
        Path folder = machine.kernelJson("usr/share/jupyter/kernels/Kotlin", """
                {"argv": ["/bin/sh", "-f", "{connection_file}"], "display_name": "Kotlin 2", "language": "kotlin",
                 "interrupt_mode": "message", "env": {"A": "b"}, "metadata": {"debugger": true, "supported_encryption": ["curve"]},
                 "kernel_protocol_version": "5.5"}
                """);
        assertThat(machine.specs().require("kotlin"))
                .isEqualTo(new KernelSpec(
                        "kotlin",
                        "Kotlin 2",
                        "kotlin",
                        List.of("/bin/sh", "-f", "{connection_file}"),
                        Map.of("A", "b"),
                        InterruptMode.MESSAGE,
                        Optional.of(folder),
                        folder.toString()));
    }

    @Test
    void namesAreFoundInAnyCaseAndPythonMeansPython3() throws IOException {
        machine.kernelspec("usr/share/jupyter/kernels/python3", "Python");
        machine.kernelspec("usr/share/jupyter/kernels/IR", "R");
        assertThat(machine.specs().find("python")).isPresent();
        assertThat(machine.specs().find("Python3")).isPresent();
        assertThat(machine.specs().find("ir")).isPresent();
        assertThat(machine.specs().find("julia")).isEmpty();
    }

    @Test
    void brokenKernelspecsAreReportedAndTheOthersFound() throws IOException {
        machine.kernelJson("usr/share/jupyter/kernels/a", "{\n\"argv\": [}");
        machine.kernelJson("usr/share/jupyter/kernels/b", "{\"argv\": []}");
        machine.kernelJson("usr/share/jupyter/kernels/c", "{\"argv\": [\"/bin/sh\"], \"interrupt_mode\": \"shout\"}");
        machine.kernelJson("usr/share/jupyter/kernels/d", "{\"argv\": [\"/deleted/env/bin/python\"]}");
        machine.kernelJson("usr/share/jupyter/kernels/e", "{\"argv\": [\"no-such-program\"]}");
        machine.kernelJson("usr/share/jupyter/kernels/f", "");
        machine.kernelspec("usr/share/jupyter/kernels/python3", "Python");

        FoundKernels found = machine.specs().list();

        assertThat(found.specs()).extracting(KernelSpec::name).containsExactly("python3");
        assertThat(found.problems())
                .extracting(problem -> problem.place().replace(root.toString(), "") + " " + problem.message())
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("/usr/share/jupyter/kernels/a/kernel.json:2 is not JSON: "),
                        b -> assertThat(b).contains("has no \"argv\""),
                        c -> assertThat(c).contains("\"shout\", not \"signal\" or \"message\""),
                        d -> assertThat(d).contains("starts /deleted/env/bin/python, which is not there"),
                        e -> assertThat(e).contains("starts no-such-program, which is not on the PATH"),
                        f -> assertThat(f).contains("has no \"argv\""));
    }

    @Test
    void theLeftoverOfADeletedEnvironmentHidesNoKernelThatWorks() throws IOException {
        machine.kernelJson("home/.local/share/jupyter/kernels/python3", "{\"argv\": [\"/deleted/bin/python\"]}");
        machine.kernelspec("usr/share/jupyter/kernels/python3", "works");
        assertThat(machine.specs().require("python3").displayName()).isEqualTo("works");
    }

    @Test
    void aBarePythonIsTheOneOfTheSpecsOwnPrefix() throws IOException {
        machine.python("usr/bin/python", 11);
        machine.python("usr/bin/python3", 11);
        Path own = machine.python("venv/bin/python", 12);
        machine.variables.put("VIRTUAL_ENV", root.resolve("venv").toString());
        machine.kernelJson("venv/share/jupyter/kernels/a", "{\"argv\": [\"python\", \"-m\", \"x\"]}");
        machine.kernelJson("venv/share/jupyter/kernels/b", "{\"argv\": [\"python3\"]}");
        machine.kernelJson("home/.local/share/jupyter/kernels/c", "{\"argv\": [\"python\"]}");

        assertThat(machine.specs().require("a").argv()).containsExactly(own.toString(), "-m", "x");
        assertThat(machine.specs().require("b").argv()).containsExactly(own.toString());
        assertThat(machine.specs().require("c").argv()).containsExactly("python");
    }

    @Test
    void anUnknownKernelNamesThoseFoundAndHowToInstallOne() throws IOException {
        machine.kernelspec("usr/share/jupyter/kernels/ir", "R");
        machine.kernelJson("usr/share/jupyter/kernels/broken", "[]");
        assertThatThrownBy(() -> machine.specs().require("julia"))
                .isInstanceOf(KernelNotFoundException.class)
                .hasMessageContainingAll(
                        "No kernel is called 'julia'",
                        "ir (R, from " + root + "/usr/share/jupyter/kernels/ir)",
                        "broken/kernel.json: has no \"argv\"",
                        "ipykernel install --user --name julia");
    }

    @Test
    void withoutASpecTheFirstPythonWithIpykernelServes() throws IOException {
        machine.variables.put("PATH", root.resolve("a/bin") + ":" + root.resolve("b/bin"));
        machine.python("a/bin/python3", 13);
        Path b = machine.python("b/bin/python3", 11, "ipykernel");
        KernelSpecs specs = machine.specs();
        assertThat(specs.require("python").command(Path.of("/c.json")))
                .containsExactly(
                        b.toString(),
                        "-m",
                        "ipykernel_launcher",
                        "-f",
                        "/c.json",
                        "--HistoryManager.hist_file=:memory:");
        assertThat(specs.list().specs()).extracting(KernelSpec::origin).containsExactly(b.toString());
        assertThat(specs.list().problems())
                .extracting(KernelProblem::message)
                .containsExactly(
                        "is Python 3.13 without ipykernel: `" + root + "/a/bin/python3 -m pip install ipykernel`");
        assertThat(machine.calls()).as("each was asked once").hasSize(2);
    }

    @Test
    void theActiveVirtualEnvironmentComesBeforeThePath() throws IOException {
        machine.variables.put("VIRTUAL_ENV", root.resolve("venv").toString());
        machine.python("usr/bin/python3", 11, "ipykernel");
        Path own = machine.python("venv/bin/python", 12, "ipykernel");
        assertThat(machine.specs().require("python3").argv()).startsWith(own.toString());
    }

    @Test
    void aConfiguredPythonComesBeforeEverything() throws IOException {
        machine.kernelspec("usr/share/jupyter/kernels/python3", "installed");
        Path python = machine.python("opt/env/bin/python", 12, "ipykernel");
        assertThat(machine.specs(python).require("python3").argv()).startsWith(python.toString());
        assertThat(machine.specs(root.resolve("opt/env")).require("python").argv())
                .startsWith(python.toString());
    }

    @Test
    void aConfiguredKernelspecComesBeforeEverything() throws IOException {
        machine.kernelspec("usr/share/jupyter/kernels/k", "installed");
        Path folder = machine.kernelspec("opt/k", "configured");
        assertThat(machine.specs(folder).require("k").displayName()).isEqualTo("configured");
    }

    @Test
    void aConfiguredPythonThatCannotServeIsNotReplacedByAnother() throws IOException {
        machine.kernelspec("usr/share/jupyter/kernels/python3", "installed");
        Path python = machine.python("opt/env/bin/python", 12);
        assertThatThrownBy(() -> machine.specs(python).require("python3"))
                .isInstanceOf(KernelNotFoundException.class)
                .hasMessageContaining("`" + python + " -m pip install ipykernel`");
        assertThatThrownBy(() -> machine.specs(root.resolve("nowhere")).require("python3"))
                .hasMessageContaining("nowhere: is configured, but is neither a kernelspec's folder nor a Python");
    }

    @Test
    void aLauncherIsPassedOverForThePythonItLaunches() throws IOException {
        Path real = machine.python("versions/bin/python3", 11, "ipykernel");
        machine.program(root.resolve("usr/bin/python3"), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        assertThat(machine.specs().require("python3").argv()).startsWith(real.toString());
    }

    @Test
    void aLauncherThatAddsModulesIsKept() throws IOException {
        Path real = machine.python("versions/bin/python3", 11);
        Path wrapper = machine.program(
                root.resolve("usr/bin/python3"),
                "#!/bin/sh\necho '{\"executable\": \"%s\", \"version\": [3, 11], \"modules\": [\"ipykernel\"]}'\n"
                        .formatted(real));
        assertThat(machine.specs().require("python3").argv()).startsWith(wrapper.toString());
    }

    @Test
    void aPythonReachedByTwoFoldersIsAskedOnce() throws IOException {
        machine.python("usr/bin/python3", 11, "ipykernel", "pandas");
        Files.createSymbolicLink(root.resolve("bin"), root.resolve("usr/bin"));
        machine.variables.put("PATH", root.resolve("bin") + ":" + root.resolve("usr/bin"));
        assertThat(machine.interpreters().forKernels()).containsExactly(root.resolve("bin/python3"));
    }

    @Test
    void ourOwnProgramsRunWithTheFirstSupportedPython() throws IOException {
        machine.python("usr/bin/python3", 8);
        assertThat(machine.interpreters().firstSupported()).isEmpty();
        Path python = machine.python("usr/bin/python3.10", 10);
        assertThat(machine.interpreters().firstSupported().map(Interpreter::executable))
                .hasValue(python);
    }

    @Test
    void somethingThatIsNoPythonIsReported() throws IOException {
        machine.program(root.resolve("usr/bin/python3"), "#!/bin/sh\necho 'not found' >&2; exit 127\n");
        assertThat(machine.specs().list().problems())
                .extracting(KernelProblem::message)
                .containsExactly("does not run as a Python 3: not found");
    }

    @Test
    void camelNotebookIsTheFirstPythonWithPandasAndMatplotlib() throws IOException {
        machine.variables.put("PATH", root.resolve("a/bin") + ":" + root.resolve("b/bin"));
        machine.python("a/bin/python3", 11, "ipykernel");
        Path b = machine.python("b/bin/python3", 11, "ipykernel", "pandas", "matplotlib");
        KernelSpec spec = machine.specs().require("camel-notebook");
        assertThat(spec.argv()).startsWith(b.toString());
        assertThat(spec.command(Path.of("c"))).contains("--HistoryManager.hist_file=:memory:");
    }

    @Test
    void camelNotebookPrefersThePythonOfTheInstalledKernelspec() throws IOException {
        machine.python("usr/bin/python3", 11, ALL);
        Path own = machine.python("opt/bin/python", 12, ALL);
        machine.kernelJson("usr/share/jupyter/kernels/python3", "{\"argv\": [\"%s\"]}".formatted(own));
        assertThat(machine.specs().require("camel-notebook").argv()).startsWith(own.toString());
    }

    @Test
    void aMachineWithoutAPythonKernelGetsThePrivateEnvironment() throws IOException {
        machine.pythonThatMakes("usr/bin/python3", 11, "true", "true", "venv", "ensurepip");
        KernelSpecs specs = machine.specs();
        assertThat(specs.list().specs()).isEmpty();
        String python = machine.privateFolder().resolve("bin/python").toString();
        assertThat(specs.require("python3").argv()).startsWith(python);
        assertThat(specs.require("camel-notebook").argv()).startsWith(python);
        assertThat(specs.list().specs()).extracting(KernelSpec::origin).containsExactly("the private environment");
        assertThat(machine.progress).hasSize(1);
    }
}
