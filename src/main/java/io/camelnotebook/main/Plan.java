package io.camelnotebook.main;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.Locale;

/** What a pipeline would do, for {@code --dry-run}. */
final class Plan {

    private static final int MOST_ROWS = 1_000;

    private Plan() {}

    /** Prints the jobs in the order in which they may start. */
    static void print(Pipeline pipeline, Path outputs, Console console) {
        console.result(pipeline.name() + ": " + pipeline.size() + " jobs of " + pipeline.file());
        int printed = 0;
        for (String name : pipeline.graph().order()) {
            JobTemplate template = pipeline.jobs().get(name);
            for (int i = 0; template != null && i < template.size() && printed < MOST_ROWS; i++, printed++) {
                Job job = template.job(i);
                String needs = job.needs().isEmpty() ? "" : "  after " + String.join(", ", job.needs());
                Path output = outputs.resolve(job.outputFolder()).resolve(job.outputName() + ".ipynb");
                console.result(String.format(Locale.ROOT, "  %s -> %s%s", job.id(), output, needs));
            }
        }
        if (printed < pipeline.size()) {
            console.result("  … and " + (pipeline.size() - printed) + " more");
        }
    }
}
