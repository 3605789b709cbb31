package io.camelnotebook.publish.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackingServerTest {

    private static final Map<String, String> HERE = Map.of("MLFLOW_TRACKING_URI", "http://mlflow:5000");

    @Test
    void theEnvironmentSaysWhereItIsAndWhoTheEngineIs() {
        assertThat(TrackingServer.of(Map.of(
                        "MLFLOW_TRACKING_URI", "https://mlflow.example.org/base/",
                        "MLFLOW_TRACKING_USERNAME", "ann",
                        "MLFLOW_TRACKING_PASSWORD", "secret")))
                .isEqualTo(new TrackingServer("https://mlflow.example.org/base", "Basic YW5uOnNlY3JldA=="));
        assertThat(TrackingServer.of(
                        Map.of("MLFLOW_TRACKING_URI", "http://mlflow:5000", "MLFLOW_TRACKING_TOKEN", "t0ken")))
                .isEqualTo(new TrackingServer("http://mlflow:5000", "Bearer t0ken"));
        assertThat(TrackingServer.of(HERE)).isEqualTo(new TrackingServer("http://mlflow:5000", ""));
    }

    @Test
    void aUserInTheUriIsTakenOutOfIt() {
        TrackingServer server = TrackingServer.of("http://ann:s%23cret@mlflow:5000", "", "", "");

        assertThat(server).isEqualTo(new TrackingServer("http://mlflow:5000", "Basic YW5uOnMjY3JldA=="));
        assertThat(server).hasToString("MLflow at http://mlflow:5000");
    }

    @Test
    void whatIsNoServerIsRefusedWithoutRepeatingIt() {
        for (String uri : new String[] {"sqlite:///me:secret@db", "http://me:sec^secret@host"}) {
            assertThatThrownBy(() -> TrackingServer.of(uri, "", "", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://HOST:PORT")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void anExperimentOfTheEnvironmentsServerIsFine() {
        assertThat(TrackingServer.problem("mlflow:churn", false, HERE)).isEmpty();
        assertThat(TrackingServer.problem("mlflow:team/churn model?timeout=5000", false, HERE))
                .isEmpty();
    }

    @Test
    void withoutAServerOrAnExperimentThereIsAProblem() {
        assertThat(TrackingServer.problem("mlflow:churn", false, Map.of()))
                .hasValueSatisfying(problem -> assertThat(problem).contains("MLFLOW_TRACKING_URI"));
        assertThat(TrackingServer.problem("mlflow:churn", false, Map.of("MLFLOW_TRACKING_URI", "sqlite:///x.db")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("mlflow server"));
        assertThat(TrackingServer.problem("mlflow:", false, HERE))
                .contains("the name of an experiment is missing; expected mlflow:EXPERIMENT");
        assertThat(TrackingServer.problem("mlflow:?timeout=5", false, HERE)).isPresent();
    }

    @Test
    void onlyADestinationWithANameSaysWhereTheServerIsAndWhoTheEngineIs() {
        for (String option : new String[] {"trackingUri=http://evil", "username=x", "password=x", "token=x"}) {
            assertThat(TrackingServer.problem("mlflow:churn?timeout=1&" + option, false, HERE))
                    .hasValueSatisfying(problem -> assertThat(problem).contains("notebook.destination.NAME"));
            assertThat(TrackingServer.problem("mlflow:churn?" + option, true, HERE))
                    .isEmpty();
        }
    }
}
