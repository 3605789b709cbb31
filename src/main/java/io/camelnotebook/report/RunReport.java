package io.camelnotebook.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run as one HTML page that needs nothing else: a summary, a picture of the jobs over time, and a table of them with links
 * to their notebooks. Whatever stands in labels, results and errors is text, and the page runs no scripts.
 */
public final class RunReport {

    private static final String STYLE = """
            body{font:14px system-ui,sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin-top:1em}
            th,td{text-align:left;padding:.3em .8em;border-bottom:1px solid #ddd;vertical-align:top}
            td.number{text-align:right}pre{margin:.3em 0 0;white-space:pre-wrap;color:#a00}svg text{font-size:12px}
            svg rect{fill:#999}svg .succeeded,svg .cached{fill:#3a8}svg .failed,svg .timed_out,svg .kernel_died{fill:#c43}
            svg .running{fill:#48c}
            """;

    private RunReport() {}

    /** Writes the page. */
    public static void write(Ledger ledger, RunHistory.Entry run, Path page) throws IOException {
        byte[] html = html(run, ReportedJob.of(ledger, run.id()), page).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(page, Durability.PROCESS_CRASH, out -> out.write(html));
    }

    static String html(RunHistory.Entry run, List<ReportedJob> jobs, Path page) {
        String title = Html.text(run.pipeline() + ": run " + run.id());
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\"")
                .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<title>" + title + "</title>\n<style>" + STYLE + "</style></head><body>\n")
                .append("<h1>" + title + "</h1>\n<p>" + summary(run) + "</p>\n");
        html.append(Timeline.svg(jobs));
        if (jobs.size() > Timeline.MOST_JOBS) {
            html.append("<p>The picture shows the first " + Timeline.MOST_JOBS + " jobs.</p>\n");
        }
        html.append(
                        "<table><thead><tr><th>Job</th><th>Status</th><th>Attempt</th><th>Seconds</th><th>Kernel start</th>")
                .append("<th>Results</th><th>Notebook</th></tr></thead><tbody>\n");
        jobs.forEach(job -> html.append(row(job, page)));
        return html.append("</tbody></table></body></html>\n").toString();
    }

    private static String summary(RunHistory.Entry run) {
        String counts = run.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
                .collect(Collectors.joining(", "));
        return "<b>" + Html.text(run.state().jsonName()) + "</b>; "
                + run.jobs() + " jobs: " + Html.text(counts) + "<br>config " + Html.text(run.config()) + "<br>started "
                + Html.text(run.started())
                + run.seconds()
                        .map(seconds -> String.format(Locale.ROOT, ", %.1f s", seconds))
                        .orElse("");
    }

    private static String row(ReportedJob job, Path page) {
        RunHistory.JobEntry entry = job.job();
        String seconds = entry.seconds() == null ? "" : String.format(Locale.ROOT, "%.1f", entry.seconds());
        String error = entry.error() == null ? "" : "<pre>" + Html.text(entry.error()) + "</pre>";
        String notebook = job.hasNotebook()
                ? Html.link(
                        page,
                        entry.output(),
                        String.valueOf(Path.of(entry.output()).getFileName()))
                : "";
        return "<tr><td>" + Html.text(entry.id()) + "</td><td>"
                + Html.text(entry.state().replace('_', ' ')) + error + "</td><td class=\"number\">" + entry.attempt()
                + "</td><td class=\"number\">" + seconds + "</td><td>" + Html.text(job.kernelStart()) + "</td><td>"
                + results(job.results()) + "</td><td>" + notebook + "</td></tr>\n";
    }

    private static String results(Map<String, JsonNode> results) {
        return results.entrySet().stream()
                .map(result -> Html.text(result.getKey() + " = "
                        + (result.getValue().isTextual()
                                ? result.getValue().textValue()
                                : result.getValue().toString())))
                .collect(Collectors.joining("<br>"));
    }
}
