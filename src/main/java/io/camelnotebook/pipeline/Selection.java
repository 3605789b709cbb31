package io.camelnotebook.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The jobs that somebody names: {@code train} for all jobs of that name, {@code train[ridge-3]} for one of its matrix.
 * What they need comes with them, as a whole.
 *
 * @param names as they were given; none selects everything
 */
public record Selection(List<String> names) {

    /** Labels among which a mistyped one is looked for. */
    private static final int MOST_LABELS = 1_000;

    public Selection {
        names = List.copyOf(names);
    }

    /**
     * The pipelines with what is selected and no other jobs; one of which nothing is selected is left out.
     *
     * @throws NoSuchElementException when a name is in none of them; the message says which, and what there is
     */
    public List<Pipeline> of(Collection<Pipeline> pipelines) {
        if (names.isEmpty()) {
            return List.copyOf(pipelines);
        }
        Set<String> found = new HashSet<>();
        List<Pipeline> selected = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            Pipeline part = of(pipeline, found);
            if (!part.jobs().isEmpty()) {
                selected.add(part);
            }
        }
        for (String name : names) {
            if (!found.contains(name)) {
                throw new NoSuchElementException("there is no job " + Words.quote(name) + " ("
                        + Suggestion.nearest(name, candidates(name, pipelines)) + ")");
            }
        }
        return selected;
    }

    private Pipeline of(Pipeline pipeline, Set<String> found) {
        Set<String> whole = new LinkedHashSet<>();
        Map<String, Set<Integer>> parts = new TreeMap<>();
        for (String name : names) {
            String template = template(name);
            if (pipeline.jobs().containsKey(name)) {
                found.add(name);
                whole.add(name);
            } else if (pipeline.jobs().containsKey(template)) {
                index(pipeline.job(template), name).ifPresent(index -> {
                    found.add(name);
                    parts.computeIfAbsent(template, key -> new TreeSet<>()).add(index);
                });
            }
        }
        Deque<String> open = new ArrayDeque<>(whole);
        parts.keySet().forEach(template -> open.addAll(pipeline.graph().needs(template)));
        while (!open.isEmpty()) {
            String job = open.pop();
            whole.add(job);
            pipeline.graph().needs(job).stream()
                    .filter(need -> !whole.contains(need))
                    .forEach(open::push);
        }
        Map<String, JobTemplate> jobs = new LinkedHashMap<>();
        pipeline.jobs().forEach((name, template) -> {
            if (whole.contains(name)) {
                jobs.put(name, template);
            } else if (parts.containsKey(name)) {
                jobs.put(name, template.only(List.copyOf(parts.get(name))));
            }
        });
        return pipeline.with(jobs);
    }

    private static Optional<Integer> index(JobTemplate template, String id) {
        return IntStream.range(0, template.size())
                .filter(index -> template.identity(index).id().equals(id))
                .boxed()
                .findFirst();
    }

    /** The part before the label, if there is one. */
    private static String template(String name) {
        int label = name.indexOf('[');
        return label > 0 && name.endsWith("]") ? name.substring(0, label) : name;
    }

    private static Collection<String> candidates(String name, Collection<Pipeline> pipelines) {
        Set<String> candidates = new LinkedHashSet<>();
        for (Pipeline pipeline : pipelines) {
            JobTemplate template = pipeline.jobs().get(template(name));
            if (template == null) {
                candidates.addAll(pipeline.jobs().keySet());
            } else {
                IntStream.range(0, Math.min(template.size(), MOST_LABELS))
                        .forEach(
                                index -> candidates.add(template.identity(index).id()));
            }
        }
        return candidates;
    }
}
