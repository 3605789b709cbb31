package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellPolicyTest {

    private final Cell cell = Cell.create(CellType.CODE, "x");

    @Test
    void byDefaultNoErrorIsAllowed() {
        assertThat(CellPolicy.DEFAULT.allows(cell, error("ValueError"))).isFalse();
        assertThat(CellPolicy.DEFAULT.allowsAnyError(cell)).isFalse();
    }

    @Test
    void errorsAreAllowedByTheirNames() {
        CellPolicy policy = new CellPolicy(false, Set.of("ValueError", "json.JSONDecodeError"), false, Set.of());
        assertThat(policy.allows(cell, error("ValueError"))).isTrue();
        assertThat(policy.allows(cell, error("JSONDecodeError"))).isTrue();
        assertThat(policy.allows(cell, error("KeyError"))).isFalse();
    }

    @Test
    void theTagOfACellAllowsItsErrors() {
        tag("raises-exception");
        assertThat(CellPolicy.DEFAULT.allows(cell, error("ValueError"))).isTrue();
    }

    @Test
    void forcedErrorsAreNeverAllowed() {
        tag("raises-exception");
        CellPolicy policy = new CellPolicy(true, Set.of("ValueError"), true, Set.of());
        assertThat(policy.allows(cell, error("ValueError"))).isFalse();
    }

    @Test
    void theTagsThatSkipACellCanBeChosen() {
        tag("slow");
        assertThat(CellPolicy.DEFAULT.skips(cell)).isFalse();
        assertThat(new CellPolicy(false, Set.of(), false, Set.of("slow", "plots")).skips(cell))
                .isTrue();
    }

    private void tag(String tag) {
        cell.metadata().putArray("tags").add(tag);
    }

    private static ExecutionError error(String name) {
        return ExecutionError.ours(OptionalInt.empty(), OptionalInt.empty(), name, "");
    }
}
