package io.camelnotebook.publish;

import io.camelnotebook.run.RunSummary;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** People's mail: of a run that failed they are told in words. */
record MailDestination() implements DestinationKind {

    @Override
    public Content ofFailure(RunSummary run, Instant time) {
        Content record = DestinationKind.super.ofFailure(run, time);
        // Without what would begin a header of its own.
        String subject = "Run of " + run.pipeline().replaceAll("\\p{Cntrl}", " ") + " failed";
        return new Content(
                record.eventId(),
                record.name(),
                null,
                words(run),
                Map.of("Subject", subject, "contentType", "text/plain; charset=UTF-8"));
    }

    private static String words(RunSummary run) {
        String jobs = new TreeMap<>(run.jobs())
                .entrySet().stream()
                        .map(state -> state.getValue() + " " + state.getKey().jsonName())
                        .collect(Collectors.joining(", "));
        StringBuilder words = new StringBuilder(
                "Run " + run.id() + " of " + run.pipeline() + " failed: of " + run.total() + " jobs " + jobs + ".\n\n");
        run.problems().forEach(problem -> words.append(problem).append('\n'));
        return words.append("\nConfig: " + run.config() + "\nMore: camel-notebook show " + run.id() + "\n")
                .toString();
    }
}
