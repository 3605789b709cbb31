package io.camelnotebook.publish;

import io.camelnotebook.run.RunSummary;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A run that failed, in the words of a mail to people. */
final class FailureNotice {

    private FailureNotice() {}

    static String subject(RunSummary run) {
        // Without what would begin a header of its own.
        return "Run of " + run.pipeline().replaceAll("\\p{Cntrl}", " ") + " failed";
    }

    static String text(RunSummary run) {
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
