package io.camelnotebook.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.publish.MetadataRecord;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunSummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Progress as a line of JSON for everything that happens, on the standard output. A job's end is its whole record. */
final class ProgressJson implements Progress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Console console;

    ProgressJson(Console console) {
        this.console = console;
    }

    @Override
    public void runStarted(RunSummary run) {
        print(Map.of("event", "run_started", "run", run.id(), "pipeline", run.pipeline(), "jobs", run.total()));
    }

    @Override
    public void jobStarted(JobMessage job) {
        print(Map.of("event", "job_started", "run", job.run(), "job", job.job()));
    }

    @Override
    public void cellEnded(JobMessage job, int cellsEnded, int cells) {
        print(Map.of(
                "event", "cell_ended", "run", job.run(), "job", job.job(), "cells_ended", cellsEnded, "cells", cells));
    }

    @Override
    public void itemsEnded(JobMessage job, long items, OptionalLong of) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "items_ended");
        event.put("run", job.run());
        event.put("job", job.job());
        event.put("items_ended", items);
        event.put("items", of.isPresent() ? of.getAsLong() : null);
        print(event);
    }

    @Override
    public void jobEnded(JobResult result) {
        print(Map.of(
                "event", "job_ended",
                "run", result.job().run(),
                "job", result.job().job(),
                "record", MetadataRecord.of(result)));
    }

    @Override
    public void attemptEnded(JobResult result, Duration delay) {
        print(Map.of(
                "event", "attempt_ended",
                "run", result.job().run(),
                "job", result.job().job(),
                "delay_seconds", delay.toMillis() / 1000.0,
                "record", MetadataRecord.of(result)));
    }

    @Override
    public void jobNotRun(JobMessage job, JobState state, String reason) {
        print(Map.of(
                "event",
                "job_not_run",
                "run",
                job.run(),
                "job",
                job.job(),
                "status",
                state.jsonName(),
                "reason",
                reason));
    }

    @Override
    public void undelivered(String run, String job, String destination, String file, String error) {
        print(Map.of("event", "undelivered", "run", run, "job", job, "file", file, "error", error));
    }

    @Override
    public void runEnded(RunSummary run) {
        print(Map.of(
                "event", "run_ended", "run", run.id(), "status", run.state().jsonName()));
    }

    private void print(Map<String, Object> event) {
        try {
            console.result(JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event that is no JSON", e);
        }
    }
}
