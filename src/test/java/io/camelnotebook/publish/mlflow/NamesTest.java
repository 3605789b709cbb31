package io.camelnotebook.publish.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    private final Names names = new Names();

    @Test
    void whatMlflowTakesIsLeftAsItIs() {
        assertThat(names.of("config.data_url")).isEqualTo("config.data_url");
        assertThat(names.of("val/loss 2-3")).isEqualTo("val/loss 2-3");
        assertThat(names.of("größe")).isEqualTo("größe");
    }

    @Test
    void whatItRefusesBecomesAnUnderscore() {
        assertThat(names.of("loss (%)")).isEqualTo("loss ___");
        assertThat(names.of("")).isEqualTo("_");
        assertThat(names.of("/etc/../passwd//x/")).isEqualTo("_/etc/_/passwd/_/x/_");
    }

    @Test
    void namesThatWouldMeetAreNumbered() {
        assertThat(names.of("a!")).isEqualTo("a_");
        assertThat(names.of("a?")).isEqualTo("a__2");
        assertThat(names.of("a_")).isEqualTo("a__3");
    }

    @Test
    void longNamesAreShortenedAndStayDifferent() {
        assertThat(names.of("x".repeat(300))).isEqualTo("x".repeat(250));
        assertThat(names.of("x".repeat(301))).isEqualTo("x".repeat(248) + "_2");
    }
}
