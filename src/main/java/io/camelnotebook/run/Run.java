package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.OnFailure;
import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run that goes on: which of its jobs are ready, in flight, or over. It holds a few numbers for each job template,
 * however many jobs a template has. To be used under its own lock.
 */
final class Run {

    /** How far the jobs of a template are. */
    private static final class Stage {
        final JobTemplate template;
        int taken;
        int ended;
        int unsuccessful;

        Stage(JobTemplate template) {
            this.template = template;
        }

        boolean isUntaken() {
            return taken < template.size();
        }

        boolean isSuccessful() {
            return ended == template.size() && unsuccessful == 0;
        }
    }

    /** A job that will not be run, and why. */
    record NotRun(Job job, JobState state, String reason) {}

    /** As many as people read. */
    private static final int MOST_PROBLEMS = 20;

    private final String id;
    private final Pipeline pipeline;
    private final int window;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final List<Stage> byUrgency;
    private final Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    private final CompletableFuture<RunSummary> end = new CompletableFuture<>();
    private final List<String> problems = new ArrayList<>();
    private int inFlight;
    private int settled;
    private int undelivered;
    private boolean cancelled;
    private @Nullable String stoppedBy;

    /**
     * A run none of whose jobs has started.
     *
     * @param window how many jobs may be in flight at once, unless the pipeline says fewer
     */
    Run(String id, Pipeline pipeline, int window) {
        this.id = id;
        this.pipeline = pipeline;
        this.window = Math.min(window, pipeline.maxParallel().orElse(window));
        pipeline.jobs().forEach((name, template) -> stages.put(name, new Stage(template)));
        byUrgency = stages.values().stream()
                .sorted(Comparator.<Stage>comparingInt(
                                stage -> -stage.template.settings().priority())
                        .thenComparingInt(stage -> -pipeline.graph().longestRemaining(stage.template.name())))
                .toList();
    }

    String id() {
        return id;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Completes when every job is settled. */
    CompletableFuture<RunSummary> end() {
        return end;
    }

    /** Takes the jobs that are ready and fit into the window: the most urgent first. */
    List<Job> takeReady() {
        List<Job> ready = new ArrayList<>();
        if (cancelled || stoppedBy != null) {
            return ready;
        }
        for (Stage stage : byUrgency) {
            boolean met =
                    stage.template.needs().stream().allMatch(need -> stage(need).isSuccessful());
            while (met && stage.isUntaken() && inFlight < window) {
                ready.add(stage.template.job(stage.taken++));
                inFlight++;
            }
        }
        return ready;
    }

    /** Takes a job that can no longer become ready; empty if there is none. */
    Optional<NotRun> takeNotRun() {
        for (Stage stage : stages.values()) {
            if (stage.isUntaken()) {
                Optional<NotRun> notRun = notRun(stage);
                if (notRun.isPresent()) {
                    stage.taken++;
                    over(stage, notRun.get().state());
                    settled++;
                    return notRun;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<NotRun> notRun(Stage stage) {
        JobState state = JobState.SKIPPED;
        String reason;
        Optional<String> failedNeed = stage.template.needs().stream()
                .filter(need -> stage(need).unsuccessful > 0)
                .findFirst();
        if (cancelled) {
            state = JobState.CANCELLED;
            reason = "the run was cancelled before it started";
        } else if (failedNeed.isPresent()) {
            reason = "it needs '" + failedNeed.get() + "', which did not succeed";
        } else if (stoppedBy != null) {
            reason = "the run stopped when '" + stoppedBy + "' did not succeed (on_failure: stop)";
        } else {
            return Optional.empty();
        }
        return Optional.of(new NotRun(stage.template.job(stage.taken), state, reason));
    }

    /** A job that was taken has ended. */
    void ended(String template, String job, JobState state) {
        if (!state.isTerminal()) {
            throw new IllegalArgumentException("job '" + job + "' cannot end as " + state.jsonName());
        }
        inFlight--;
        over(stage(template), state);
        if (!state.isSuccess() && pipeline.onFailure() == OnFailure.STOP && stoppedBy == null) {
            stoppedBy = job;
        }
    }

    private void over(Stage stage, JobState state) {
        stage.ended++;
        if (!state.isSuccess()) {
            stage.unsuccessful++;
        }
        counts.merge(state, 1, Integer::sum);
    }

    /** What a job that has ended left behind is where it belongs. */
    void settled() {
        settled++;
    }

    /** Keeps what went wrong, in a line, for the run's summary. */
    void problem(String line) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(line);
        }
    }

    /** A file of a job did not arrive at a destination. */
    void undelivered() {
        undelivered++;
    }

    boolean isOver() {
        return settled == pipeline.size();
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    RunSummary summary() {
        return new RunSummary(
                id,
                pipeline.name(),
                pipeline.file().toString(),
                state(),
                pipeline.size(),
                counts,
                undelivered,
                problems,
                pipeline.maxParallel().orElse(0));
    }

    private RunState state() {
        if (!isOver()) {
            return RunState.RUNNING;
        }
        int successes = counts.getOrDefault(JobState.SUCCEEDED, 0) + counts.getOrDefault(JobState.CACHED, 0);
        if (successes == pipeline.size()) {
            return RunState.SUCCEEDED;
        }
        return cancelled ? RunState.CANCELLED : RunState.FAILED;
    }

    private Stage stage(String template) {
        Stage stage = stages.get(template);
        if (stage == null) {
            throw new IllegalArgumentException("run " + id + " has no job '" + template + "'");
        }
        return stage;
    }
}
