package io.camelnotebook.execution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Notebooks executed by nbclient and by our engine: what comes out is the same in every field, except for the
 * {@link DemandedDifferences} and for what {@link Normaliser} takes out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NbclientComparisonIT {

    private Map<String, ExecutedNotebook> theirs;
    private Map<String, ExecutedNotebook> ours;

    @BeforeAll
    void executeBesideEachOther(@TempDir Path folder) throws Exception {
        Path root = folder.toRealPath();
        String python = System.getProperty("test.python");
        assertThat(python).as("system property test.python").isNotNull();
        Path folderOfTheirs = Files.createDirectories(root.resolve("theirs"));
        FutureTask<Map<String, ExecutedNotebook>> nbclient =
                new FutureTask<>(() -> new Nbclient(python).run(folderOfTheirs));
        new Thread(nbclient, "nbclient").start();
        try (LocalKernels kernels =
                new LocalKernels(List.of(Path.of(python)), StartMode.FRESH, 1, Clock.systemUTC(), message -> {})) {
            ours = new OurEngine(kernels).run(Files.createDirectories(root.resolve("ours")));
        }
        theirs = nbclient.get();
    }

    static Stream<String> names() {
        return NotebookSet.names().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void ourNotebookIsThatOfNbclient(String name) {
        assertThat(NotebookComparison.between(theirs.get(name), ours.get(name)))
                .as("what differs in %s, beside what is demanded", name)
                .containsExactlyElementsOf(DemandedDifferences.of(name));
    }

    @Test
    void everyDemandedDifferenceIsOneOfANotebook() {
        assertThat(NotebookSet.names()).containsAll(DemandedDifferences.notebooks());
    }
}
