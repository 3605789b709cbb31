package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.RunValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What expressions read of a run. Not thread-safe. */
final class LedgerValues implements RunValues {

    /** The jobs of one matrix mostly read the same few others, which may have recorded much. */
    private static final int REMEMBERED = 4;

    private final String run;
    private final Pipeline pipeline;
    private final Function<String, List<Finished>> finished;
    private final Map<String, List<Finished>> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Finished>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param finished the jobs of a template, in the template's order; asked for templates that are over only */
    LedgerValues(String run, Pipeline pipeline, Function<String, List<Finished>> finished) {
        this.run = run;
        this.pipeline = pipeline;
        this.finished = finished;
    }

    /** The jobs of a template, in the template's order. */
    List<Finished> jobs(String template) {
        return remembered.computeIfAbsent(template, finished);
    }

    @Override
    public String runId() {
        return run;
    }

    @Override
    public String runName() {
        return pipeline.name();
    }

    @Override
    public JsonNode results(String job) {
        List<Finished> jobs = jobs(job);
        if (!isMatrix(job)) {
            return object(jobs.get(0).results());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(jobs.size());
        for (Finished each : jobs) {
            ObjectNode item = list.addObject();
            item.put("label", each.label());
            item.set("parameters", object(each.parameters()));
            item.set("results", object(each.results()));
            // Whether it ran just now or earlier must not make those that read it different.
            JobState outcome = each.state() == JobState.CACHED ? JobState.SUCCEEDED : each.state();
            item.put("status", outcome.jsonName());
            item.put("output", each.output());
            if (!each.files().isEmpty()) {
                item.set("files", paths(each));
            }
        }
        return list;
    }

    @Override
    public JsonNode output(String job) {
        List<Finished> jobs = jobs(job);
        if (!isMatrix(job)) {
            return JsonNodeFactory.instance.textNode(jobs.get(0).output());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(jobs.size());
        jobs.forEach(each -> list.add(each.output()));
        return list;
    }

    @Override
    public JsonNode files(String job) {
        return paths(jobs(job).get(0));
    }

    private static ObjectNode paths(Finished job) {
        return new JobOutputs(job.files(), null, null).paths();
    }

    private boolean isMatrix(String job) {
        JobTemplate template = pipeline.jobs().get(job);
        return template != null && template.matrix().isPresent();
    }

    private static ObjectNode object(Map<String, JsonNode> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        values.forEach(object::set);
        return object;
    }
}
