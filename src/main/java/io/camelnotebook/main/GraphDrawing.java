package io.camelnotebook.main;

import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The graph of a pipeline in text: a box for each job below those that it needs, a matrix as one box. To the left of the
 * boxes a line goes down from each job to those that need it, one for all jobs that the same ones need; where two lines
 * cross without touching, the one that goes across is broken.
 */
final class GraphDrawing {

    /** A name of which less is left says nothing. */
    private static final int SHORTEST_NAME = 8;

    private final List<String> jobs;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, List<String>> needs = new HashMap<>();
    /** The job below which no other needs a job; absent if none does. */
    private final Map<String, String> lastNeededBy = new HashMap<>();

    /** Whose line a job's goes down with: that of the first job that the same ones need. */
    private final Map<String, String> lines = new HashMap<>();

    private final Map<String, Integer> lanes = new HashMap<>();
    private final int left;
    private final int width;

    /** @param width how many characters a line may have */
    GraphDrawing(Pipeline pipeline, int width) {
        this.jobs = pipeline.graph().order();
        this.width = width;
        for (String job : jobs) {
            int size = pipeline.job(job).size();
            boolean matrix = pipeline.job(job).matrix().isPresent();
            names.put(job, matrix ? job + " ×" + size : job);
            needs.put(job, pipeline.graph().needs(job));
            pipeline.graph().needs(job).forEach(need -> lastNeededBy.put(need, job));
        }
        joinLines();
        int most = assignLanes();
        this.left = 2 * most;
    }

    private void joinLines() {
        Map<String, List<String>> neededBy = new HashMap<>();
        jobs.forEach(job -> needs(job)
                .forEach(need -> neededBy.computeIfAbsent(need, none -> new ArrayList<>())
                        .add(job)));
        Map<List<String>, String> first = new HashMap<>();
        jobs.stream()
                .filter(neededBy::containsKey)
                .forEach(job ->
                        lines.put(job, first.computeIfAbsent(neededBy.getOrDefault(job, List.of()), none -> job)));
    }

    /** Gives each line the free lane that is nearest to the boxes; returns how many there are. */
    private int assignLanes() {
        TreeSet<Integer> free = new TreeSet<>();
        int most = 0;
        for (String job : jobs) {
            needs(job).stream()
                    .filter(need -> job.equals(lastNeededBy.get(need)))
                    .forEach(need -> free.add(lane(need)));
            if (job.equals(lines.get(job))) {
                Integer lane = free.pollFirst();
                lanes.put(job, lane == null ? most++ : lane);
            }
        }
        return most;
    }

    /** The lines; or one that says why there are none. */
    List<String> lines() {
        int room = width - left - 4;
        if (room < SHORTEST_NAME) {
            return List.of("(the graph needs " + (width - room + SHORTEST_NAME) + " columns to be drawn, and there are "
                    + width + ")");
        }
        List<String> drawn = new ArrayList<>();
        TreeSet<Integer> live = new TreeSet<>();
        for (String job : jobs) {
            String name = shortened(names.getOrDefault(job, job), room);
            String border = "─".repeat(name.length() + 2);
            drawn.add(String.valueOf(row(live)) + "┌" + border + "┐");
            drawn.add(String.valueOf(inputs(job, live)) + "│ " + name + " │");
            needs(job).stream()
                    .filter(need -> job.equals(lastNeededBy.get(need)))
                    .forEach(need -> live.remove(column(need)));
            boolean needed = lastNeededBy.containsKey(job);
            drawn.add((needed ? output(job, live) : String.valueOf(row(live)) + "└") + border + "┘");
        }
        return drawn.stream().map(String::stripTrailing).toList();
    }

    private char[] row(TreeSet<Integer> live) {
        char[] row = new char[left];
        Arrays.fill(row, ' ');
        live.forEach(column -> row[column] = '│');
        return row;
    }

    /** The line that ends at a job, from the lines of those it needs. */
    private char[] inputs(String job, TreeSet<Integer> live) {
        char[] row = row(live);
        if (needs(job).isEmpty()) {
            return row;
        }
        int first = needs(job).stream().mapToInt(this::column).min().orElseThrow();
        across(row, first, live);
        row[left - 1] = '▶';
        for (String need : needs(job)) {
            boolean ends = job.equals(lastNeededBy.get(need));
            if (column(need) == first) {
                row[first] = ends ? '└' : '├';
            } else {
                row[column(need)] = ends ? '┴' : '┼';
            }
        }
        return row;
    }

    /** The line that begins at a job, with the first corner of its box. */
    private String output(String job, TreeSet<Integer> live) {
        char[] row = row(live);
        across(row, column(job), live);
        row[column(job)] = live.add(column(job)) ? '┌' : '├';
        return String.valueOf(row) + "┴";
    }

    private void across(char[] row, int from, TreeSet<Integer> live) {
        for (int column = from; column < left; column++) {
            if (!live.contains(column)) {
                row[column] = '─';
            }
        }
    }

    private List<String> needs(String job) {
        return needs.getOrDefault(job, List.of());
    }

    private int lane(String job) {
        return lanes.getOrDefault(lines.getOrDefault(job, job), 0);
    }

    private int column(String job) {
        return left - 2 - 2 * lane(job);
    }

    private static String shortened(String name, int room) {
        return name.length() <= room ? name : name.substring(0, room - 1) + "…";
    }
}
