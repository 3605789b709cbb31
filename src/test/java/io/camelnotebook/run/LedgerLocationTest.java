package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerLocationTest {

    @Test
    void aPathIsAFileWhichMayBeMissing(@TempDir Path folder) {
        LedgerLocation location =
                LedgerLocation.of(folder.resolve("shared/runs.db").toString());

        assertThat(location.isMissing()).isTrue();
        assertThat(location).hasToString(folder.resolve("shared/runs.db").toString());
    }

    @Test
    void aDatabaseIsNamedWithoutItsPassword() {
        LedgerLocation location =
                LedgerLocation.of("jdbc:postgresql://me:hidden@db:5433/notebooks?user=me&password=s3cret&ssl=true");

        assertThat(location).hasToString("jdbc:postgresql://me:***@db:5433/notebooks");
        assertThat(location.withoutSecrets("no driver for " + location.url() + " or password=s3cret&x"))
                .isEqualTo("no driver for jdbc:postgresql://me:***@db:5433/notebooks or password=***&x");
        assertThat(location.isMissing()).isFalse();
    }

    @Test
    void aDatabaseOfAnotherMakeIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> LedgerLocation.of("jdbc:mysql://db/notebooks?password=s3cret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is 'jdbc:mysql://db/notebooks?password=***'; expected a file, or a PostgreSQL")
                .hasMessageNotContainingAny("s3cret");
    }
}
