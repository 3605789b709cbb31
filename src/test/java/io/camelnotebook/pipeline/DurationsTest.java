package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "30m, PT30M",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "1.5s, PT1.5S",
        "PT5M, PT5M",
        "pt0.25s, PT0.25S",
        "90, PT1M30S",
        "0, PT0S",
        "1H, PT1H"
    })
    void aDurationIsWrittenWithUnitsOrAsSeconds(String text, Duration duration) {
        assertThat(Durations.parse(JsonNodeFactory.instance.textNode(text))).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5 minutes",
                "30m1h",
                "-5s",
                "PT-5M",
                "h",
                "1e3",
                "4000d",
                "99999999999999999999s",
                "P1Y",
                "999999999999999999999999999999999999999999999999s"
            })
    void anythingElseIsNone(String text) {
        assertThat(Durations.parse(JsonNodeFactory.instance.textNode(text))).isEmpty();
    }

    @Test
    void aNumberIsSeconds() {
        assertThat(Durations.parse(JsonNodeFactory.instance.numberNode(0.5))).contains(Duration.ofMillis(500));
        assertThat(Durations.parse(JsonNodeFactory.instance.numberNode(1e300))).isEmpty();
        assertThat(Durations.parse(JsonNodeFactory.instance.numberNode(Double.NaN)))
                .isEmpty();
    }
}
