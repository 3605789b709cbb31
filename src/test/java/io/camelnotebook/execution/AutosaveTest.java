package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AutosaveTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(50);

    private long now = 1_000;
    private int saves;
    private Duration cost = Duration.ZERO;
    private boolean full;

    private final Autosave autosave = new Autosave(this::save, INTERVAL, () -> now);

    private void save() throws IOException {
        now += cost.toNanos();
        if (full) {
            throw new IOException("No space left on device");
        }
        saves++;
    }

    @Test
    void insideACellItSavesAtTheInterval() {
        assertThat(autosave.saveIfDue()).isEqualTo(INTERVAL);
        passes(Duration.ofSeconds(29));
        assertThat(autosave.saveIfDue()).isEqualTo(Duration.ofSeconds(1));
        assertThat(saves).isZero();
        passes(Duration.ofSeconds(1));
        assertThat(autosave.saveIfDue()).isEqualTo(INTERVAL);
        assertThat(saves).isOne();
    }

    @Test
    void whatHasNotChangedIsNotSavedAgain() {
        passes(INTERVAL);
        autosave.saveIfDue();
        passes(INTERVAL);
        assertThat(autosave.saveIfDue()).isEqualTo(INTERVAL);
        assertThat(saves).isOne();
        autosave.changed();
        autosave.saveIfDue();
        assertThat(saves).isEqualTo(2);
    }

    @Test
    void savesThatCostMuchAreRarer() {
        cost = Duration.ofSeconds(3);
        passes(INTERVAL);
        assertThat(autosave.saveIfDue()).isEqualTo(Duration.ofSeconds(60));
        autosave.changed();
        passes(Duration.ofSeconds(59));
        assertThat(autosave.saveIfDue()).isEqualTo(Duration.ofSeconds(1));
        autosave.atEdgeOfCell();
        assertThat(autosave.saveIfDue()).isEqualTo(Duration.ofSeconds(1));
        assertThat(saves).isOne();
        passes(Duration.ofSeconds(1));
        autosave.saveIfDue();
        assertThat(saves).isEqualTo(2);
    }

    @Test
    void itSavesSoonAfterACellHasBegun() {
        autosave.atEdgeOfCell();
        assertThat(autosave.saveIfDue()).isEqualTo(SOON);
        passes(SOON);
        assertThat(autosave.saveIfDue()).isEqualTo(INTERVAL);
        assertThat(saves).isOne();
    }

    @Test
    void quickCellsShareASave() {
        for (int cell = 0; cell < 10; cell++) {
            autosave.atEdgeOfCell();
            autosave.saveIfDue();
            passes(SOON.dividedBy(5));
        }
        assertThat(saves).isOne();
        passes(SOON);
        autosave.saveIfDue();
        assertThat(saves).isEqualTo(2);
    }

    @Test
    void withAnIntervalOfZeroNothingIsSavedInsideACell() {
        Autosave never = new Autosave(this::save, Duration.ZERO, () -> now);
        passes(Duration.ofDays(30));
        assertThat(never.saveIfDue()).isGreaterThan(Duration.ofDays(1));
        assertThat(saves).isZero();
    }

    @Test
    void aSaveThatFailsIsTriedAgain() {
        full = true;
        passes(INTERVAL);
        assertThat(autosave.saveIfDue()).isEqualTo(INTERVAL);
        full = false;
        passes(INTERVAL);
        autosave.saveIfDue();
        assertThat(saves).isOne();
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
