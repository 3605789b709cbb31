package io.camelnotebook.pipeline;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one config file describes. Immutable.
 *
 * @param name also the folder of its results table
 * @param file the config file, as it was named to the reader
 * @param maxParallel the most of its jobs that run at once; empty when only the engine's own bound holds
 * @param publish where the pipeline's records go
 * @param jobs by name, in the order of the file
 * @param graph which of them need which
 * @param schedule when it runs by itself, once it is in a watched folder
 */
public record Pipeline(
        String name,
        Path file,
        OptionalInt maxParallel,
        OnFailure onFailure,
        List<String> publish,
        Map<String, JobTemplate> jobs,
        JobGraph graph,
        Optional<Schedule> schedule) {

    public Pipeline {
        publish = List.copyOf(publish);
        jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    }

    /** @throws NoSuchElementException when there is no job of that name */
    public JobTemplate job(String name) {
        JobTemplate job = jobs.get(name);
        if (job == null) {
            throw new NoSuchElementException("There is no job " + Words.quote(name));
        }
        return job;
    }

    /** The same pipeline with some of its jobs; what these need must be among them. */
    Pipeline with(Map<String, JobTemplate> some) {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        some.forEach((job, template) -> needs.put(job, template.needs()));
        return new Pipeline(name, file, maxParallel, onFailure, publish, some, new JobGraph(needs), schedule);
    }

    /** The number of jobs, all matrices counted. */
    public int size() {
        return jobs.values().stream().mapToInt(JobTemplate::size).sum();
    }
}
