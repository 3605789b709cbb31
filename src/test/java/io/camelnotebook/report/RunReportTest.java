package io.camelnotebook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelnotebook.run.RunHistory;
import io.camelnotebook.run.RunState;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RunReportTest {

    private static final String MARKUP = "</script><script>alert('\"1\"')</script><img src=x onerror=alert(1)>&";
    private static final Path PAGE = Path.of("outputs/churn/report.html");

    private static RunHistory.Entry run() {
        return new RunHistory.Entry(
                "r1",
                "churn" + MARKUP,
                "configs/" + MARKUP,
                RunState.FAILED,
                2,
                "2026-03-14T09:26:53Z",
                "2026-03-14T09:27:03Z",
                Map.of("succeeded", 1, "failed", 1),
                Map.of(),
                null,
                List.of(),
                null);
    }

    private static ReportedJob job(String id, String state, String output, Map<String, JsonNode> results) {
        return new ReportedJob(
                new RunHistory.JobEntry(id, id, state, 1, 5.0, state.equals("failed") ? "E: " + MARKUP : null, output),
                results,
                List.of(new RunHistory.AttemptEntry(id, 1, state, "2026-03-14T09:26:53Z", "2026-03-14T09:26:58Z")),
                "fork");
    }

    private static String page() {
        return RunReport.html(
                run(),
                List.of(
                        job("train[ridge]", "succeeded", "outputs/n/a:b ü#?%/n_x.ipynb", Map.of()),
                        job(
                                MARKUP,
                                "failed",
                                "outputs/n/y.ipynb",
                                Map.of("auc" + MARKUP, JsonNodeFactory.instance.textNode(MARKUP)))),
                PAGE);
    }

    /** The body is well formed, so what is in it can be told by a parser rather than by looking for texts. */
    private static Document body() throws Exception {
        String html = page();
        String body =
                html.substring(html.indexOf("<body>"), html.indexOf("</html>")).replace("<br>", "<br/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
    }

    @Test
    void nothingThatComesFromAJobIsMarkup() throws Exception {
        Document body = body();

        assertThat(body.getElementsByTagName("script").getLength()).isZero();
        assertThat(body.getElementsByTagName("img").getLength()).isZero();
        assertThat(body.getElementsByTagName("tr").getLength()).isEqualTo(3);
        assertThat(body.getDocumentElement().getTextContent())
                .contains("auc" + MARKUP + " = " + MARKUP, "E: " + MARKUP, "configs/" + MARKUP);
        assertThat(page())
                .contains("default-src 'none'")
                .doesNotContain("<script")
                .doesNotContain("http://", "https://");
    }

    @Test
    void notebooksAreLinkedFromThePage() throws Exception {
        assertThat(body().getElementsByTagName("a")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("href")
                        .getNodeValue())
                .isEqualTo("./../n/a:b%20%C3%BC%23%3F%25/n_x.ipynb");
    }

    @Test
    void eachAttemptIsABarOfItsTime() throws Exception {
        Document body = body();

        assertThat(body.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(body.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("train[ridge], attempt 1: succeeded, 5.0 s");
    }

    @Test
    void aRunWithoutJobsHasAPageToo() {
        assertThat(RunReport.html(run(), List.of(), PAGE))
                .contains("<tbody>\n</tbody>")
                .doesNotContain("<svg");
    }
}
