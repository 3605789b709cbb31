package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the jobs of a document, and checks what concerns them together. */
final class JobsReader {

    private final Problems problems;
    private final ConfigFormat format;
    private final PipelineLimits limits;

    record Jobs(Map<String, JobTemplate> templates, JobGraph graph) {}

    JobsReader(Problems problems, ConfigFormat format, PipelineLimits limits) {
        this.problems = problems;
        this.format = format;
        this.limits = limits;
    }

    /** @param broken the parts that cannot be read, of which problems have been told */
    Jobs read(ObjectNode root, JobReader reader, Set<JsonPointer> broken) {
        JsonNode jobs = root.at(format.jobs());
        Map<String, JobTemplate> templates = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> job : jobs.properties()) {
            JsonPointer place = format.jobs().appendProperty(job.getKey());
            if (!broken.contains(place)) {
                (format == ConfigFormat.PIPELINE
                                ? reader.job(job.getKey(), job.getValue(), place)
                                : reader.entry(job.getKey(), job.getValue(), place))
                        .ifPresent(template -> templates.put(job.getKey(), template));
            }
        }
        JobGraph graph = graph(jobs);
        ReferenceCheck references = new ReferenceCheck(problems, graph, jobs);
        List<JobTemplate> sound = new ArrayList<>();
        for (JobTemplate template : templates.values()) {
            int before = problems.count();
            references.check(template, format.jobs().appendProperty(template.name()));
            if (problems.count() == before && !reader.isMisspelt(template)) {
                sound.add(template);
            }
        }
        if (isWithinLimit(templates)) {
            check(sound, new IdentityCheck(problems, format, jobs));
        }
        return new Jobs(templates, graph);
    }

    private JobGraph graph(JsonNode jobs) {
        if (format == ConfigFormat.PIPELINE) {
            return new NeedsCheck(problems).check(jobs, format.jobs());
        }
        // Whatever an entry of a batch has under 'needs' is its own data.
        Map<String, List<String>> none = new LinkedHashMap<>();
        jobs.fieldNames().forEachRemaining(name -> none.put(name, List.of()));
        return new JobGraph(none);
    }

    private boolean isWithinLimit(Map<String, JobTemplate> templates) {
        long size = templates.values().stream().mapToLong(JobTemplate::size).sum();
        if (size > limits.maxJobs()) {
            problems.addToFile(
                    "the pipeline has " + size + " jobs, the limit is " + limits.maxJobs(),
                    "split the file, or raise notebook.max-jobs");
            return false;
        }
        return true;
    }

    /**
     * Makes the first job of each as well: what its expressions come to may be no value, or far too much. Where they may come
     * to no path for another job, makes all.
     */
    private void check(List<JobTemplate> templates, IdentityCheck identities) {
        for (JobTemplate template : templates) {
            int before = problems.count();
            identities.check(template);
            if (problems.count() == before) {
                int last = template.values().isPendingOutsideParameters() ? template.size() : 1;
                try {
                    for (int index = 0; index < last; index++) {
                        template.job(index).check();
                    }
                } catch (ExpressionException e) {
                    problems.add(format.jobs().appendProperty(template.name()), e.getMessage(), "");
                }
            }
        }
    }
}
