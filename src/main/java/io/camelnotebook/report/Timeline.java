package io.camelnotebook.report;

import io.camelnotebook.run.RunHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A picture of the jobs over time: a bar for each attempt, a line for each job, as inline SVG. */
final class Timeline {

    /** A browser draws more only slowly, and nobody looks at it. */
    static final int MOST_JOBS = 500;

    private static final int NAMES = 220;
    private static final int BARS = 740;
    private static final int LINE = 18;
    private static final int LONGEST_NAME = 32;

    private final Instant start;
    private final Instant end;

    private Timeline(Instant start, Instant end) {
        this.start = start;
        this.end = end;
    }

    /** The picture; empty if no attempt has started. */
    static String svg(List<ReportedJob> jobs) {
        List<ReportedJob> drawn = jobs.stream()
                .filter(job -> !job.attempts().isEmpty())
                .limit(MOST_JOBS)
                .toList();
        if (drawn.isEmpty()) {
            return "";
        }
        List<Instant> times = drawn.stream()
                .flatMap(job -> job.attempts().stream())
                .flatMap(attempt -> Stream.concat(Stream.of(attempt.started()), Stream.ofNullable(attempt.ended())))
                .map(Instant::parse)
                .sorted()
                .toList();
        return new Timeline(times.get(0), times.get(times.size() - 1)).draw(drawn);
    }

    private String draw(List<ReportedJob> jobs) {
        int height = (jobs.size() + 1) * LINE;
        StringBuilder svg = new StringBuilder(format(
                "<svg role=\"img\" aria-label=\"Jobs over time\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n",
                NAMES + BARS, height, NAMES + BARS, height));
        for (int i = 0; i < jobs.size(); i++) {
            ReportedJob job = jobs.get(i);
            int y = i * LINE;
            svg.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                    NAMES - 8, y + 13, Html.text(shortened(job.job().id()))));
            for (RunHistory.AttemptEntry attempt : job.attempts()) {
                svg.append(bar(attempt, y));
            }
        }
        svg.append(format("<text x=\"%d\" y=\"%d\">0 s</text>", NAMES, height - 5));
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.1f s</text>%n</svg>%n",
                NAMES + BARS, height - 5, seconds(start, end)));
        return svg.toString();
    }

    private String bar(RunHistory.AttemptEntry attempt, int y) {
        Instant from = Instant.parse(attempt.started());
        Instant to = attempt.ended() == null ? end : Instant.parse(attempt.ended());
        double whole = Math.max(0.001, seconds(start, end));
        double x = NAMES + BARS * seconds(start, from) / whole;
        double width = Math.max(2, BARS * seconds(from, to) / whole);
        return format(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s, attempt %d: %s, %.1f s"
                        + "</title></rect>%n",
                Html.text(attempt.state()),
                Math.min(x, NAMES + BARS - 2),
                y + 2,
                width,
                LINE - 4,
                Html.text(attempt.job()),
                attempt.attempt(),
                Html.text(attempt.state()),
                seconds(from, to));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
