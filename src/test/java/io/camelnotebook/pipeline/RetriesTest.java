package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetriesTest {

    private final ConfigFolder configs;

    RetriesTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    private RetryPolicy policy(String setting) {
        return configs.yaml("jobs: {a: {notebook: a.ipynb" + setting + "}}")
                .job("a")
                .settings()
                .retries();
    }

    @Test
    void aJobThatSaysNothingHasTheEnginesNumberAndTriesNoErrorOfItsOwnAgain() {
        assertThat(policy("")).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(RetryPolicy.DEFAULT.attempts()).isEmpty();
        assertThat(RetryPolicy.DEFAULT.on()).isEmpty();
    }

    @Test
    void aNumberCountsMoreAttemptsWhateverFailed() {
        assertThat(policy(", retries: 2"))
                .isEqualTo(new RetryPolicy(
                        OptionalInt.of(3), Duration.ofSeconds(1), 2, Set.of(RetryPolicy.ERROR, RetryPolicy.TIMEOUT)));
        assertThat(policy(", retries: 0").attempts()).hasValue(1);
    }

    @Test
    void aMapCountsAttemptsAndNamesTheFailures() {
        assertThat(policy(", retries: {attempts: 5, delay: 10s, backoff: 1.5, on: [ConnectionError, timeout]}"))
                .isEqualTo(new RetryPolicy(
                        OptionalInt.of(5), Duration.ofSeconds(10), 1.5, Set.of("ConnectionError", "timeout")));
        assertThat(policy(", retries: {on: error}"))
                .isEqualTo(new RetryPolicy(OptionalInt.empty(), Duration.ofSeconds(1), 2, Set.of("error")));
    }

    @Test
    void theDelayGrowsToAnHourAtMost() {
        RetryPolicy policy = policy(", retries: {attempts: 101, delay: 10s, backoff: 3}");

        assertThat(policy.delayAfter(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.delayAfter(2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.delayAfter(100)).isEqualTo(Duration.ofHours(1));
        assertThat(policy(", retries: {delay: 2h}").delayAfter(3)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aJobsOwnRetriesReplaceThoseOfTheDefaults() {
        Pipeline pipeline = configs.yaml("""
                defaults: {retries: 4}
                jobs:
                  a: {notebook: a.ipynb, label: a}
                  b: {notebook: a.ipynb, label: b, retries: {on: error}}
                """);

        assertThat(pipeline.job("a").settings().retries().attempts()).hasValue(5);
        assertThat(pipeline.job("b").settings().retries().attempts()).isEmpty();
    }

    @Test
    void aStateIsNoFailureToName() {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, retries: {on: [timed_out]}}}"))
                .singleElement()
                .asString()
                .contains("retries");
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, retries: {delay: soon}}}"))
                .singleElement()
                .asString()
                .contains("field 'retries.delay': expected a duration");
    }
}
