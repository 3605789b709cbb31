package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real Python, a real venv and a real pip, which has nothing to install. */
@Timeout(120)
class PrivateEnvironmentIT {
    private static final Path PYTHON = Path.of(System.getProperty("test.python"));

    private final Path home;
    private final Queue<String> progress = new ConcurrentLinkedQueue<>();

    PrivateEnvironmentIT(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void aRealEnvironmentIsMade() {
        SystemEnvironment machine = machine();
        PrivateEnvironment environment = environment(machine, "# nothing\n");
        Path python = environment.python();
        assertThat(new Interpreters(machine).probe(python).interpreter())
                .hasValueSatisfying(made -> assertThat(made.executable()).isEqualTo(python));
        assertThat(environment.existing()).hasValue(python);
    }

    @Test
    void pipsOwnErrorIsTold() {
        PrivateEnvironment environment = environment(machine(), "--no-index\nno-such-distribution\n");
        assertThatThrownBy(environment::python)
                .isInstanceOf(PrivateEnvironmentException.class)
                .hasMessageContaining("pip could not install one: No matching distribution found");
        assertThat(home.resolve(".local/share/camel-notebook/python")).doesNotExist();
    }

    @Test
    void anotherProcessThatIsMakingItIsWaitedFor() throws Exception {
        Path lock = Files.createDirectories(home.resolve(".local/share/camel-notebook"))
                .resolve("python.lock");
        Process other = new ProcessBuilder(PYTHON.toString(), "-c", """
                import fcntl, sys
                file = open(sys.argv[1], "w")
                fcntl.lockf(file, fcntl.LOCK_EX)
                print("locked", flush=True)
                sys.stdin.read()
                """, lock.toString()).start();
        try (BufferedReader reader = other.inputReader(UTF_8)) {
            assertThat(reader.readLine()).isEqualTo("locked");
            CompletableFuture<Path> python =
                    CompletableFuture.supplyAsync(environment(machine(), "# nothing\n")::python);
            await().until(() -> progress.stream().anyMatch(line -> line.startsWith("Waiting for another process")));
            assertThat(python).isNotDone();
            other.getOutputStream().close();
            assertThat(python.join()).isExecutable();
        } finally {
            other.destroyForcibly();
        }
    }

    private SystemEnvironment machine() {
        return new SystemEnvironment(
                Map.of("PATH", "/usr/bin:/bin"), home, home.resolve("jupyter"), List.of(), List.of(PYTHON));
    }

    private PrivateEnvironment environment(SystemEnvironment machine, String requirements) {
        return new PrivateEnvironment(machine, new Interpreters(machine), requirements, progress::add);
    }
}
