package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the references to jobs and to the run. */
record RunSource(RunValues run) implements Function<Reference, Optional<JsonNode>> {

    @Override
    public Optional<JsonNode> apply(Reference reference) {
        return switch (reference.root()) {
            case Reference.RUN ->
                Optional.of(
                        JsonNodeFactory.instance.textNode(reference.name().equals("id") ? run.runId() : run.runName()));
            case Reference.JOBS -> Optional.of(job(reference));
            default -> Optional.empty();
        };
    }

    private JsonNode job(Reference reference) {
        List<String> path = reference.path();
        String job = path.get(0);
        JsonNode value = switch (path.get(1)) {
            case "results" -> run.results(job);
            case "output" -> run.output(job);
            case "files" -> run.files(job);
            default -> throw new ExpressionException(reference + ": a job has results, output and files");
        };
        return Fields.read(value, path.subList(2, path.size()), reference);
    }
}
