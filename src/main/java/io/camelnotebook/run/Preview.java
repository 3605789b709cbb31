package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the cache would reuse of a pipeline that is not run. A job that needs one that would run has to run as well, as
 * far as anybody can tell.
 */
final class Preview {

    private final Pipeline pipeline;
    private final BiFunction<Job, Reading, JobMessage> message;
    private final Function<JobMessage, Optional<Reusable>> find;
    /** Of the templates all of whose jobs are reused. */
    private final Map<String, List<Finished>> finished = new HashMap<>();

    private final Reading reading;

    Preview(
            Pipeline pipeline,
            BiFunction<Job, Reading, JobMessage> message,
            Function<JobMessage, Optional<Reusable>> find) {
        this.pipeline = pipeline;
        this.message = message;
        this.find = find;
        this.reading = new Reading("(not run)", pipeline, template -> finished.getOrDefault(template, List.of()));
    }

    /** The jobs that would not run, by id, with those that stand for them. */
    Map<String, Reusable> reusable() {
        Map<String, Reusable> reusable = new LinkedHashMap<>();
        for (String name : pipeline.graph().order()) {
            JobTemplate template = pipeline.job(name);
            if (template.settings().cache() && finished.keySet().containsAll(template.needs())) {
                List<Finished> jobs = new ArrayList<>();
                for (int index = 0; index < template.size(); index++) {
                    Job job = template.job(index);
                    JobMessage sent = message.apply(job, reading);
                    find.apply(sent).ifPresent(earlier -> {
                        reusable.put(job.id(), earlier);
                        jobs.add(finished(sent, earlier));
                    });
                }
                if (jobs.size() == template.size()) {
                    finished.put(name, jobs);
                }
            }
        }
        return reusable;
    }

    private static Finished finished(JobMessage job, Reusable earlier) {
        Map<String, JsonNode> parameters = Secrets.redact(job.parameters());
        return new Finished(
                job.job(),
                job.label(),
                JobState.CACHED,
                job.output(),
                parameters,
                earlier.results(),
                earlier.outputSha256(),
                earlier.files());
    }
}
