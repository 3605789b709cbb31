package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.RunValues;
import java.util.List;
import java.util.Map;

/** What expressions read of a run, from the ledger. */
final class LedgerValues implements RunValues {

    private final String run;
    private final Pipeline pipeline;
    private final Ledger ledger;

    LedgerValues(String run, Pipeline pipeline, Ledger ledger) {
        this.run = run;
        this.pipeline = pipeline;
        this.ledger = ledger;
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
        List<Ledger.Entry> entries = ledger.jobs(run, job);
        if (!isMatrix(job)) {
            return object(entries.get(0).results());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(entries.size());
        for (Ledger.Entry entry : entries) {
            ObjectNode item = list.addObject();
            item.put("label", entry.label());
            item.set("parameters", object(entry.parameters()));
            item.set("results", object(entry.results()));
            item.put("status", entry.state().jsonName());
            item.put("output", entry.output());
        }
        return list;
    }

    @Override
    public JsonNode output(String job) {
        List<Ledger.Entry> entries = ledger.jobs(run, job);
        if (!isMatrix(job)) {
            return JsonNodeFactory.instance.textNode(entries.get(0).output());
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(entries.size());
        entries.forEach(entry -> list.add(entry.output()));
        return list;
    }

    /** Files are collected once a job can name its own; until then no job has any. */
    @Override
    public JsonNode files(String job) {
        return JsonNodeFactory.instance.objectNode();
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
