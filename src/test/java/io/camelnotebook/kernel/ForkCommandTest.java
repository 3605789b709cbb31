package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ForkCommandTest {

    @Test
    void ipykernelAsItInstallsItselfMayBeForked() {
        assertThat(obstacle("/v/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"))
                .isEmpty();
        assertThat(obstacle(
                        "/v/bin/python",
                        "-Xfrozen_modules=off",
                        "-m",
                        "ipykernel_launcher",
                        "-f",
                        "{connection_file}",
                        "--HistoryManager.hist_file=:memory:"))
                .isEmpty();
    }

    @Test
    void otherKernelsMayNot() {
        assertThat(obstacle("R", "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"))
                .hasValue("kernel 'test' is not started by python -m ipykernel_launcher");
        assertThat(obstacle("python", "-m", "bash_kernel", "-f", "{connection_file}"))
                .isPresent();
    }

    @Test
    void argumentsThatAForkCouldNotFollowAreNamed() {
        assertThat(obstacle("python", "-m", "ipykernel_launcher", "-f", "{connection_file}", "--TrioLoop"))
                .hasValue("kernel 'test' is started with --TrioLoop");
    }

    @Test
    void theServerIsRunWithTheFlagsOfThePythonAndToldWhatToLoad() {
        ForkCommand command =
                ForkCommand.of(spec("python", "-Xdev", "-m", "ipykernel_launcher", "-f", "{connection_file}"));
        HostProgram program = command.program(
                Path.of("/f/fork_server.py"), Map.of("A", "1"), Set.of("b", "a"), Map.of("c", "prints"), true);
        assertThat(program.command())
                .startsWith("python", "-Xdev", "/f/fork_server.py")
                .last()
                .asString()
                .contains(
                        "\"modules\":[\"a\",\"b\"]",
                        "\"without\":{\"c\":\"prints\"}",
                        "\"-f\"",
                        ":memory:",
                        "\"socket\":true");
        assertThat(program.environment().orElseThrow()).containsEntry("A", "1");
    }

    private static Optional<String> obstacle(String... argv) {
        return ForkCommand.obstacle(spec(argv));
    }

    private static KernelSpec spec(String... argv) {
        return new KernelSpec(
                "test", "Test", "python", List.of(argv), Map.of(), InterruptMode.SIGNAL, Optional.empty(), "here");
    }
}
