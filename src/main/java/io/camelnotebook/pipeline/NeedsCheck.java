package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that the jobs named under {@code needs} are there, and that none needs itself by way of others. */
final class NeedsCheck {

    private final Problems problems;

    NeedsCheck(Problems problems) {
        this.problems = problems;
    }

    /** @param jobs as the document has them: those with other problems are there, too */
    JobGraph check(JsonNode jobs, JsonPointer place) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        jobs.properties().forEach(job -> needs.put(job.getKey(), JobReader.needs(job.getValue())));
        Set<String> names = needs.keySet();
        needs.forEach((job, wanted) -> {
            for (int i = 0; i < wanted.size(); i++) {
                if (!names.contains(wanted.get(i))) {
                    JsonPointer field = place.appendProperty(job).appendProperty("needs");
                    problems.add(
                            jobs.path(job).path("needs").isArray() ? field.appendIndex(i) : field,
                            "there is no job " + Words.quote(wanted.get(i)),
                            Suggestion.nearest(wanted.get(i), names));
                }
            }
        });
        JobGraph graph = new JobGraph(needs);
        graph.cycle()
                .ifPresent(cycle -> problems.add(
                        place.appendProperty(cycle.get(0)).appendProperty("needs"),
                        "the jobs need each other in a circle: " + String.join(" -> ", cycle),
                        "remove one of these needs"));
        return graph;
    }
}
