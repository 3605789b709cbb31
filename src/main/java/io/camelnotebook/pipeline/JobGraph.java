package io.camelnotebook.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which jobs of a pipeline need which. Immutable. */
public final class JobGraph {

    private final Map<String, List<String>> needs;
    private final Map<String, List<String>> neededBy = new HashMap<>();
    private final List<String> order;
    private final Map<String, Integer> longestRemaining = new HashMap<>();

    /** @param needs for each job, in the order of the file, the jobs it needs; others than these jobs are left out */
    JobGraph(Map<String, List<String>> needs) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        needs.forEach((job, wanted) -> {
            known.put(job, wanted.stream().filter(needs::containsKey).distinct().toList());
            known.get(job)
                    .forEach(need -> neededBy.computeIfAbsent(need, name -> new ArrayList<>())
                            .add(job));
        });
        this.needs = known;
        this.order = sort();
        for (int i = order.size() - 1; i >= 0; i--) {
            String job = order.get(i);
            int after = neededBy(job).stream()
                    .mapToInt(next -> longestRemaining.getOrDefault(next, 0))
                    .max()
                    .orElse(0);
            longestRemaining.put(job, after + 1);
        }
    }

    /** The jobs so that each comes after those it needs, and else in the order of the file. */
    public List<String> order() {
        return order;
    }

    /** The jobs that the job itself says it needs. */
    public List<String> needs(String job) {
        return needs.getOrDefault(job, List.of());
    }

    /** The jobs that say they need the job. */
    public List<String> neededBy(String job) {
        return List.copyOf(neededBy.getOrDefault(job, List.of()));
    }

    /** The number of jobs, itself counted, on the longest way from the job to one that nothing needs. */
    public int longestRemaining(String job) {
        return longestRemaining.getOrDefault(job, 1);
    }

    /** Whether the job needs the other, also by way of others. */
    boolean needs(String job, String other) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(needs(job));
        while (!next.isEmpty()) {
            String need = next.pop();
            if (need.equals(other)) {
                return true;
            }
            if (seen.add(need)) {
                next.addAll(needs(need));
            }
        }
        return false;
    }

    /** The jobs of one circle, the first of them again at its end; empty when there is no circle. */
    Optional<List<String>> cycle() {
        Set<String> left = new LinkedHashSet<>(needs.keySet());
        order.forEach(left::remove);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        // Whoever is left is in a circle or after one: going from need to need among them must come round.
        List<String> way = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String job = left.iterator().next();
        while (seen.add(job)) {
            way.add(job);
            job = needs(job).stream().filter(left::contains).findFirst().orElseThrow();
        }
        way.add(job);
        return Optional.of(List.copyOf(way.subList(way.indexOf(job), way.size())));
    }

    private List<String> sort() {
        Map<String, Integer> open = new HashMap<>();
        needs.forEach((job, wanted) -> open.put(job, wanted.size()));
        List<String> sorted = new ArrayList<>();
        Deque<String> ready = new ArrayDeque<>();
        needs.keySet().stream().filter(job -> open.getOrDefault(job, 0) == 0).forEach(ready::add);
        while (!ready.isEmpty()) {
            String job = ready.remove();
            sorted.add(job);
            for (String next : neededBy.getOrDefault(job, List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return List.copyOf(sorted);
    }
}
