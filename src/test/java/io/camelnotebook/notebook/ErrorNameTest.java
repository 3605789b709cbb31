package io.camelnotebook.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorNameTest {

    @ParameterizedTest
    @CsvSource({
        "ConnectionError, ConnectionError, true",
        "requests.ConnectionError, ConnectionError, true",
        "requests.exceptions.ConnectionError, ConnectionError, true",
        "ConnectException, java.net.ConnectException, true",
        "java.net.ConnectException, java.net.ConnectException, true",
        "ReadTimeout, Net::ReadTimeout, true",
        "requests.ConnectionError, urllib3.ConnectionError, false",
        "ConnectionError, ConnectionResetError, false",
        "Error, ConnectionError, false",
        "connectionerror, ConnectionError, false",
        "requests., ConnectionError, false"
    })
    void aModuleCountsWhereBothNamesHaveOne(String written, String error, boolean expected) {
        assertThat(new ErrorName(written).isNameOf(error)).isEqualTo(expected);
    }
}
