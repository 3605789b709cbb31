package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a pipeline may start, and which never will. It holds a few numbers for each template, however many jobs
 * that has, and a step costs what it changes, however many templates there are. Not thread-safe.
 */
final class Readiness {

    /** How far the jobs of a template are. */
    private static final class Stage {
        final JobTemplate template;
        final int place;
        final int longestRemaining;
        int openNeeds;
        int taken;
        int ended;
        boolean unsuccessful;

        @Nullable
        BitSet over;

        Stage(JobTemplate template, int place, int longestRemaining) {
            this.template = template;
            this.place = place;
            this.longestRemaining = longestRemaining;
            this.openNeeds = template.needs().size();
        }

        boolean isUntaken() {
            if (over != null) {
                taken = over.nextClearBit(taken);
            }
            return taken < template.size();
        }

        Job take() {
            return template.job(taken++);
        }

        int priority() {
            return template.settings().priority();
        }
    }

    private static final Comparator<Stage> IN_FILE = Comparator.comparingInt(stage -> stage.place);
    private static final Comparator<Stage> BY_URGENCY = Comparator.comparingInt(Stage::priority)
            .thenComparingInt(stage -> stage.longestRemaining)
            .reversed()
            .thenComparing(IN_FILE);

    private final String run;
    private final Pipeline pipeline;
    private final Map<String, Stage> stages = new HashMap<>();
    private final PriorityQueue<Stage> ready = new PriorityQueue<>(BY_URGENCY);
    private final PriorityQueue<Stage> doomed = new PriorityQueue<>(IN_FILE);
    private final Deque<Stage> untaken = new ArrayDeque<>();

    Readiness(String run, Pipeline pipeline) {
        this.run = run;
        this.pipeline = pipeline;
        pipeline.jobs().forEach((name, template) -> {
            Stage stage = new Stage(template, stages.size(), pipeline.graph().longestRemaining(name));
            stages.put(name, stage);
            untaken.add(stage);
            if (stage.openNeeds == 0) {
                ready.add(stage);
            }
        });
    }

    /** Takes the most urgent of the jobs all of whose needs have succeeded. */
    Optional<Job> takeReady() {
        return take(ready);
    }

    /** Takes the first job of the file that needs one that did not succeed. */
    Optional<Job> takeDoomed() {
        return take(doomed);
    }

    /** Takes the first job of the file that nobody has taken yet. */
    Optional<Job> takeAny() {
        return take(untaken);
    }

    private static Optional<Job> take(Queue<Stage> stages) {
        for (Stage first = stages.peek(); first != null; first = stages.peek()) {
            if (first.isUntaken()) {
                return Optional.of(first.take());
            }
            stages.remove();
        }
        return Optional.empty();
    }

    /** Why a doomed job is one. */
    String reason(Job job) {
        return job.needs().stream()
                .filter(need -> stage(need).unsuccessful)
                .findFirst()
                .map(need -> "it needs '" + need + "', which did not succeed")
                .orElseThrow();
    }

    /** A job was over before the run went on here: nobody takes it any more. To be called before any job is taken. */
    void restored(String template, int index, boolean successful) {
        Stage stage = stage(template);
        if (stage.over == null) {
            stage.over = new BitSet(stage.template.size());
        }
        stage.over.set(index);
        ended(template, successful);
    }

    /** A job of a template is over. */
    void ended(String template, boolean successful) {
        Stage stage = stage(template);
        stage.ended++;
        if (!successful && !stage.unsuccessful) {
            stage.unsuccessful = true;
            pipeline.graph().neededBy(template).forEach(name -> doomed.add(stage(name)));
        }
        if (!stage.unsuccessful && stage.ended == stage.template.size()) {
            pipeline.graph().neededBy(template).stream().map(this::stage).forEach(next -> {
                if (--next.openNeeds == 0) {
                    ready.add(next);
                }
            });
        }
    }

    private Stage stage(String template) {
        Stage stage = stages.get(template);
        if (stage == null) {
            throw new IllegalArgumentException("run " + run + " has no job '" + template + "'");
        }
        return stage;
    }
}
