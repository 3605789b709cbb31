package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkModulesTest {

    private final ForkModules modules = new ForkModules();

    @Test
    void harmlessModulesOfAllNotebooksAreLoadedTogether() {
        modules.expect(Set.of("json", "numpy"));
        modules.expect(Set.of("matplotlib.pyplot", "seaborn"));
        assertThat(modules.toLoad(Set.of("numpy"))).containsExactlyInAnyOrder("json", "numpy", "matplotlib.pyplot");
        assertThat(modules.toLoad(Set.of("seaborn")))
                .containsExactlyInAnyOrder("json", "numpy", "matplotlib.pyplot", "seaborn");
        assertThat(modules.apart(Set.of("numpy", "seaborn.objects", "os.path"))).containsExactly("seaborn.objects");
    }

    @Test
    void whatCostsNextToNothingIsNoReasonForAnotherServer() {
        assertThat(modules.covers(Set.of(), Set.of("csv", "camel_notebook"))).isTrue();
        assertThat(modules.covers(Set.of("csv"), Set.of("csv", "numpy"))).isFalse();
    }

    @Test
    void whatWasRefusedIsNotAskedForUntilLibrariesChange() {
        modules.refuse(Map.of("chatty", "prints when it is imported"));
        assertThat(modules.apart(Set.of("chatty"))).isEmpty();
        assertThat(modules.covers(Set.of(), Set.of("chatty"))).isTrue();
        modules.forgive();
        assertThat(modules.apart(Set.of("chatty"))).containsExactly("chatty");
    }

    @Test
    void modulesBesideTheNotebookAreItsOwn(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("helpers.py"));
        Files.createDirectory(folder.resolve("tools"));
        Files.createFile(folder.resolve("pandas.py"));
        assertThat(ForkModules.installed(Set.of("helpers", "tools.plots", "pandas", "other"), folder))
                .containsExactlyInAnyOrder("pandas", "other");
    }
}
