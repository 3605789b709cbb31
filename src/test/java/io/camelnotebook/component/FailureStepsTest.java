package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureStepsTest {

    private static final String EVENT = """
            {"id": "r-1/failed", "correlationid": "order 7", "data": {"run": "r-1", "pipeline": "a\\nBcc: eve@example.org",
              "config": "c.yaml", "jobs": 3, "ended": {"failed": 1, "skipped": 2}, "problems": ["job 'a' failed"]}}
            """;

    private static Exchange told(String uri) throws Exception {
        Properties settings = new Properties();
        settings.put("notebook.destination.there", uri);
        Destinations destinations = new Destinations(Set.of(), "none", new NamedDestinations(settings));
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(EVENT);
            exchange.getMessage().setHeader("Content-Type", "application/cloudevents+json");
            new FailureSteps(destinations, "there").tell(exchange);
            return exchange;
        }
    }

    @ParameterizedTest
    @CsvSource({"smtp:mail.example.org?to=ann@example.org", "SMTPS:mail.example.org"})
    void peopleAreToldInWordsWhichNobodysPipelineMakesHeadersOf(String uri) throws Exception {
        Exchange exchange = told(uri);

        assertThat(exchange.getMessage().getBody(String.class))
                .contains("failed: of 3 jobs 1 failed, 2 skipped.", "job 'a' failed", "Config: c.yaml")
                .contains("camel-notebook show r-1");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("Subject", "Run of a Bcc: eve@example.org failed")
                .containsEntry("ce_id", "r-1/failed")
                .containsEntry("CamelNotebookDestination", uri)
                .doesNotContainKey("Content-Type");
    }

    @ParameterizedTest
    @CsvSource({
        "jms:queue:failures, ce_id, r-1/failed",
        "https://chat.example.org/hook, ce-id, r-1/failed",
        "kafka:failures?brokers=k, kafka.KEY, r-1",
        "aws2-s3:failures?prefix=x/, CamelAwsS3Key, x/r-1-failed.json",
        "file:failures?tempPrefix=., CamelFileName, r-1-failed.json"
    })
    void allOthersGetTheEvent(String uri, String header, String value) throws Exception {
        Exchange exchange = told(uri);

        assertThat(exchange.getMessage().getBody()).isEqualTo(EVENT);
        assertThat(exchange.getMessage().getHeaders())
                .containsAllEntriesOf(Map.of(header, value, "CamelNotebookDestination", uri));
    }
}
