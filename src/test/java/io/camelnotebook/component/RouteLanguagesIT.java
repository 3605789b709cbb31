package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component in each language that routes are written in. */
class RouteLanguagesIT {

    private CamelApplication application;
    private Path notebook;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        application = CamelApplication.started(1);
        notebook = CamelApplication.notebook(
                folder.resolve("score.ipynb"), "rows = 1", "from camel_notebook import record\nrecord('rows', rows)");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void load(String file, String route) throws Exception {
        PluginHelper.getRoutesLoader(application.context())
                .loadRoutes(ResourceHelper.fromString(file, route.formatted(notebook)));
    }

    private void theRouteExecutesIt() {
        Exchange answer = application.send("direct:score", "{\"rows\": 6}", Map.of());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).hasToString("{rows=6}");
    }

    @Test
    void aRouteInJava() throws Exception {
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:score").to("notebook:" + notebook + "?kernel=python3&timeout=60s");
            }
        });

        theRouteExecutesIt();
    }

    @Test
    void aRouteInXml() throws Exception {
        load("score.camel.xml", """
                <routes>
                  <route>
                    <from uri="direct:score"/>
                    <to uri="notebook:%s?kernel=python3&amp;timeout=60s"/>
                  </route>
                </routes>
                """);

        theRouteExecutesIt();
    }

    @Test
    void aRouteInYaml() throws Exception {
        load("score.camel.yaml", """
                - route:
                    from:
                      uri: direct:score
                      steps:
                        - to:
                            uri: notebook:%s
                            parameters:
                              kernel: python3
                              timeout: 60s
                """);

        theRouteExecutesIt();
    }
}
