package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that what the expressions of jobs refer to is there, before anything runs. */
final class ReferenceCheck {

    private static final String NO_EXPRESSION =
            "expressions read matrix, parameters, jobs and run;" + " write $${ for a plain ${";
    /** Longer chains of parameters are no config written by hand, and evaluating them is recursive. */
    private static final int MAX_CHAIN = 50;

    private final Problems problems;
    private final JobGraph graph;
    private final JsonNode jobs;

    /** @param jobs as the document has them: those with other problems are there, too */
    ReferenceCheck(Problems problems, JobGraph graph, JsonNode jobs) {
        this.problems = problems;
        this.graph = graph;
        this.jobs = jobs;
    }

    /** @param place where the job is; defaults are checked as parts of the job they are defaults for */
    void check(JobTemplate job, JsonPointer place) {
        JobValues values = job.values();
        Set<String> axes = job.matrix().map(Matrix::names).orElse(Set.of());
        Set<String> parameters = new LinkedHashSet<>(axes);
        values.parameters().fieldNames().forEachRemaining(parameters::add);
        Scope scope = new Scope(job.name(), axes, parameters);

        Map<String, List<String>> chains = new LinkedHashMap<>();
        values.parameters().properties().forEach(parameter -> {
            Set<String> read = new LinkedHashSet<>();
            JsonPointer inner = place.appendProperty("parameters").appendProperty(parameter.getKey());
            Expressions.forEachReference(parameter.getValue(), inner, (where, reference) -> {
                check(reference, scope, where);
                if (reference.root().equals(Reference.PARAMETERS)) {
                    read.add(reference.name());
                }
            });
            chains.put(parameter.getKey(), List.copyOf(read));
        });
        checkChains(new JobGraph(chains), place.appendProperty("parameters"));

        check(values.env(), scope, place.appendProperty("env"));
        values.cwd().ifPresent(cwd -> check(cwd, scope, place.appendProperty("cwd")));
        check(values.inputs(), scope, place.appendProperty("inputs"));
        check(values.outputs(), scope, place.appendProperty("outputs"));
        values.over().ifPresent(over -> check(over, scope, MapReader.place(place)));
        job.naming().label().ifPresent(label -> check(label, scope, place.appendProperty("label")));
        job.naming().output().ifPresent(output -> check(output, scope, place.appendProperty("output")));
    }

    private record Scope(String job, Set<String> axes, Set<String> parameters) {}

    private void checkChains(JobGraph chains, JsonPointer place) {
        Optional<List<String>> cycle = chains.cycle();
        if (cycle.isPresent()) {
            problems.add(
                    place.appendProperty(cycle.get().get(0)),
                    "the parameters refer to themselves: " + String.join(" -> ", cycle.get()),
                    "give one of them a value");
            return;
        }
        for (String name : chains.order()) {
            if (chains.longestRemaining(name) > MAX_CHAIN) {
                problems.add(
                        place.appendProperty(name),
                        "more than " + MAX_CHAIN + " parameters refer to each other in a row",
                        "give some of them values");
                return;
            }
        }
    }

    private void check(JsonNode compiled, Scope scope, JsonPointer place) {
        Expressions.forEachReference(compiled, place, (where, reference) -> check(reference, scope, where));
    }

    private void check(Reference reference, Scope scope, JsonPointer place) {
        switch (reference.root()) {
            case Reference.MATRIX -> known(reference, "the matrix has no axis ", scope.axes(), place);
            case Reference.PARAMETERS -> known(reference, "the job has no parameter ", scope.parameters(), place);
            case Reference.RUN -> {
                known(reference, "the run has no ", Set.of("id", "name"), place);
                if (reference.path().size() > 1) {
                    problems.add(place, reference + ": expected ${run.id} or ${run.name}", "");
                }
            }
            case Reference.JOBS -> job(reference, scope, place);
            default ->
                problems.add(
                        place,
                        reference + ": there is no " + Words.quote(reference.root()),
                        Suggestion.nearest(
                                reference.root(),
                                List.of(Reference.MATRIX, Reference.PARAMETERS, Reference.JOBS, Reference.RUN),
                                NO_EXPRESSION));
        }
    }

    private void known(Reference reference, String what, Set<String> names, JsonPointer place) {
        if (reference.path().isEmpty()) {
            problems.add(place, reference + ": expected a name after " + Words.quote(reference.root()), "");
        } else if (!names.contains(reference.name())) {
            problems.add(
                    place,
                    reference + ": " + what + Words.quote(reference.name()),
                    Suggestion.nearest(reference.name(), names));
        }
    }

    private void job(Reference reference, Scope scope, JsonPointer place) {
        Set<String> names = new LinkedHashSet<>();
        jobs.fieldNames().forEachRemaining(names::add);
        String need = reference.name();
        if (!names.contains(need)) {
            known(reference, "there is no job ", names, place);
            return;
        }
        if (need.equals(scope.job())) {
            problems.add(place, reference + ": a job cannot read its own results", "");
        } else if (!graph.needs(scope.job(), need)) {
            problems.add(place, reference + ": the job does not need " + Words.quote(need), "add needs: " + need);
        }
        List<String> path = reference.path();
        boolean matrix = jobs.path(need).has("matrix");
        Set<String> readable = matrix ? Set.of("results", "output") : Set.of("results", "output", "files");
        if (path.size() < 2 || !readable.contains(path.get(1))) {
            problems.add(
                    place,
                    reference + ": expected " + (matrix ? "results or output" : "results, output or files") + " after "
                            + Words.quote(need),
                    matrix ? Words.quote(need) + " has a matrix, its results are a list" : "");
        } else if (path.size() > 2 && (matrix || path.get(1).equals("output"))) {
            problems.add(
                    place,
                    reference + ": expected nothing after " + Words.quote(path.get(1)),
                    matrix ? Words.quote(need) + " has a matrix, its results are a list" : "");
        } else if (path.size() > 2 && path.get(1).equals("files")) {
            file(reference, jobs.path(need).path("outputs"), place);
        }
    }

    private void file(Reference reference, JsonNode outputs, JsonPointer place) {
        List<String> path = reference.path();
        Set<String> names = new LinkedHashSet<>();
        outputs.fieldNames().forEachRemaining(names::add);
        if (!names.contains(path.get(2)) && !names.contains(String.join(".", path.subList(2, path.size())))) {
            problems.add(
                    place,
                    reference + ": the job " + Words.quote(reference.name()) + " has no output "
                            + Words.quote(path.get(2)),
                    Suggestion.nearest(path.get(2), names));
        }
    }
}
