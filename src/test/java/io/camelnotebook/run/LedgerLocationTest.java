package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                LedgerLocation.of("jdbc:postgresql://db:5433/notebooks?user=me&password=s3cret&ssl=true");

        assertThat(location).hasToString("jdbc:postgresql://db:5433/notebooks");
        assertThat(location.isMissing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no driver for jdbc:postgresql://db/n?password=a%2Bb%20c&ssl=true&sslpassword=pin | no driver for jdbc:postgresql://db/n
            asked with password=a%2Bb%20c                         | asked with password=***
            'the password "a+b c" is wrong'                       | 'the password "***" is wrong'
            'the key cannot be opened with pin, says the spinner' | 'the key cannot be opened with ***, says the spinner'
            at jdbc:postgresql://me:hidden@other/n                | at jdbc:postgresql://me:***@other/n
            at jdbc:postgresql://other/n?user=me&password=hidden&ssl=true | at jdbc:postgresql://other/n?user=me&password=***&ssl=true
            """)
    void messagesOfTheDriverAreToldWithoutPasswords(String message, String told) {
        LedgerLocation location =
                LedgerLocation.of("jdbc:postgresql://db/n?password=a%2Bb%20c&ssl=true&sslpassword=pin");

        assertThat(location.withoutSecrets(message)).isEqualTo(told);
    }

    @Test
    void aPasswordBeforeTheHostWhichTheDriverWouldTakeForTheHostIsRefusedAndNotTold() {
        assertThatThrownBy(() -> LedgerLocation.of("jdbc:postgresql://me:s3/cr@t@db:5433/notebooks"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an '@' before its host; expected the user and the password as parameters")
                .hasMessageNotContainingAny("s3", "cr@t");
    }

    @Test
    void aDatabaseOfAnotherMakeIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> LedgerLocation.of("jdbc:mysql://me:hid/d@n@db/notebooks?password=s3c ret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is 'jdbc:mysql:…'; expected a file, or a PostgreSQL")
                .hasMessageNotContainingAny("s3c", "hid");
    }
}
