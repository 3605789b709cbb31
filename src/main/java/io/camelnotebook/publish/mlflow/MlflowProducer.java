package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Sends records of jobs, and of runs that have ended, to an experiment; the same one as often as one likes. Thread-safe. */
final class MlflowProducer extends DefaultProducer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Experiment experiment;

    MlflowProducer(MlflowEndpoint endpoint, Experiment experiment) {
        super(endpoint);
        this.experiment = experiment;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode event = JSON.readTree(exchange.getMessage().getMandatoryBody(String.class));
        try {
            if (event.path("type").asText().startsWith("io.camelnotebook.run.")) {
                new PipelineRun(event).end(experiment);
            } else {
                new JobRun(event).send(experiment);
            }
        } catch (IOException e) {
            experiment.forgetAll();
            throw e;
        }
    }
}
