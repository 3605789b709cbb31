package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks of every job that its label can be a folder, and that no other job writes where it writes. */
final class IdentityCheck {

    private final Problems problems;
    private final ConfigFormat format;
    private final JsonNode jobs;
    private final Map<String, Owner> owners = new HashMap<>();

    private record Owner(JobTemplate template, int index) {

        String id() {
            return template.identity(index).id();
        }

        boolean isSameCombination(Owner other) {
            return template == other.template
                    && template.matrix()
                            .map(matrix -> matrix.combination(index).equals(matrix.combination(other.index)))
                            .orElse(false);
        }
    }

    /** @param jobs as the document has them */
    IdentityCheck(Problems problems, ConfigFormat format, JsonNode jobs) {
        this.problems = problems;
        this.format = format;
        this.jobs = jobs;
    }

    /** Tells the first problem of the template: its other jobs mostly have the same. */
    void check(JobTemplate template) {
        for (int index = 0; index < template.size(); index++) {
            try {
                if (!isFine(template, index)) {
                    return;
                }
            } catch (ExpressionException e) {
                problems.add(place(template, "label", "output"), e.getMessage(), "");
                return;
            }
        }
    }

    private boolean isFine(JobTemplate template, int index) {
        JobTemplate.Identity identity = template.identity(index);
        Optional<String> violation = LabelRule.violation(identity.label());
        if (violation.isPresent()) {
            problems.add(place(template, "label", "label"), violation.get(), LabelRule.RULE);
            return false;
        }
        Owner job = new Owner(template, index);
        // Where 'output' keeps the files apart the labels still have to tell the jobs of a matrix from each other.
        Owner other = owners.putIfAbsent(identity.output().key(), job);
        if (other == null && template.matrix().isPresent()) {
            other = owners.putIfAbsent(identity.id().toLowerCase(Locale.ROOT), job);
        }
        if (other == null) {
            return true;
        }
        if (other.isSameCombination(job)) {
            problems.add(
                    format.jobs().appendProperty(template.name()).appendProperty("matrix"),
                    "the matrix has a combination twice, that of the job " + Words.quote(identity.id()),
                    "remove one of them");
            return false;
        }
        problems.add(
                place(template, "output", "label"),
                "the jobs " + Words.quote(other.id()) + " and " + Words.quote(identity.id()) + " would both write "
                        + identity.output().notebook(),
                remedy(template, other.id(), identity.id()));
        return false;
    }

    private String remedy(JobTemplate template, String one, String other) {
        if (format == ConfigFormat.BATCH) {
            return "give one of them another output_label";
        }
        // Where the example would be what is written already.
        if (!one.equals(other) && one.equalsIgnoreCase(other)) {
            return "give them labels that differ in more than small and capital letters";
        }
        return "give them different labels, such as label: " + example(template);
    }

    private static String example(JobTemplate template) {
        return template.matrix()
                .map(matrix -> "\"${matrix." + String.join("}-${matrix.", matrix.names()) + "}\"")
                .orElse(template.name() + "-2");
    }

    private JsonPointer place(JobTemplate template, String first, String second) {
        JsonPointer job = format.jobs().appendProperty(template.name());
        JsonNode written = jobs.path(template.name());
        for (String key : format == ConfigFormat.BATCH ? new String[] {"output_label"} : new String[] {first, second}) {
            if (written.has(key)) {
                return job.appendProperty(key);
            }
        }
        return job;
    }
}
