package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellVerdictTest {

    @Test
    void aTimeoutTellsTheLimitAndTheCell() {
        assertThat(toldOfATimeout("import time\ntime.sleep(9)"))
                .containsExactly(
                        "    import time",
                        "    time.sleep(9)",
                        "CellTimeout: the time limit of 1.5 s was over while the cell ran");
    }

    @Test
    void ofALongCellATimeoutTellsTheBeginningAndTheEnd() {
        String source =
                IntStream.rangeClosed(1, 12).mapToObj(line -> "line " + line).collect(Collectors.joining("\n"));

        assertThat(toldOfATimeout(source))
                .hasSize(12)
                .contains("    line 5", "    … 2 lines left out …", "    line 8")
                .doesNotContain("    line 6", "    line 7");
    }

    private static List<String> toldOfATimeout(String source) {
        return new CellVerdict(0, Cell.create(CellType.CODE, source), CellPolicy.DEFAULT)
                .timedOut(Duration.ofMillis(1500), Duration.ofSeconds(2))
                .error()
                .orElseThrow()
                .traceback();
    }
}
