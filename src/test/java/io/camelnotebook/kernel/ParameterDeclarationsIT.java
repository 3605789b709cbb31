package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParameterDeclarationsIT {

    private static final Path PYTHON = Path.of(System.getProperty("test.python"));

    /** Those that other tests have left behind. */
    private final List<ProcessHandle> before = all();

    private final ParameterDeclarations declarations = new ParameterDeclarations();

    @AfterEach
    void end() {
        declarations.close();
    }

    @Test
    void cellsAreReadByOneProcess() {
        assertThat(declarations.ofPython(PYTHON, "a = 1  # how many\nb: str = 'ä'"))
                .contains(List.of(
                        new DeclaredParameter("a", "1", null, "how many"),
                        new DeclaredParameter("b", "'ä'", "str", null)));
        assertThat(declarations.ofPython(PYTHON, "c = d = None"))
                .contains(List.of(
                        new DeclaredParameter("c", "None", null, null),
                        new DeclaredParameter("d", "None", null, null)));
        assertThat(parsers()).hasSize(1);
    }

    @Test
    void whatIsNoPythonDeclaresNothingThatCouldBeTold() {
        assertThat(declarations.ofPython(PYTHON, "a = ")).isEmpty();
        assertThat(declarations.ofPython(PYTHON, "(".repeat(100_000))).isEmpty();
        assertThat(declarations.ofPython(PYTHON, "a = 2")).isPresent();
    }

    @Test
    void aProcessThatHasEndedIsReplaced() {
        assertThat(declarations.ofPython(PYTHON, "a = 1")).isPresent();
        parsers().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> parsers().isEmpty());
        assertThat(declarations.ofPython(PYTHON, "a = 2")).isPresent();
    }

    @Test
    void noProcessIsLeft() {
        assertThat(declarations.ofPython(PYTHON, "a = 1")).isPresent();
        declarations.close();
        await().until(() -> parsers().isEmpty());
    }

    @Test
    void aPythonThatIsNotThereCannotTell() {
        assertThat(declarations.ofPython(Path.of("/no/python"), "a = 1")).isEmpty();
    }

    private List<ProcessHandle> parsers() {
        return all().stream().filter(parser -> !before.contains(parser)).toList();
    }

    private static List<ProcessHandle> all() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains("what parameters cells declare"))
                        .isPresent())
                .toList();
    }
}
