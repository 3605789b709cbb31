package io.camelnotebook.main;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.run.Reusable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pipeline would do, for {@code --dry-run}: its graph, and a table of its jobs in the order in which they may start. */
final class Plan {

    private static final int MOST_ROWS = 1_000;
    private static final int MOST_NEEDS = 3;

    private Plan() {}

    /** @param reusable the jobs that would not run, with the earlier ones that stand for them */
    static void print(Pipeline pipeline, Map<String, Reusable> reusable, Path outputs, Console console) {
        String cached = reusable.isEmpty() ? "" : ", " + reusable.size() + " of them cached";
        console.result(pipeline.name() + ": " + pipeline.size() + (pipeline.size() == 1 ? " job" : " jobs") + cached
                + ", of " + pipeline.file());
        console.result("");
        new GraphDrawing(pipeline, Console.columns()).lines().forEach(console::result);
        console.result("");
        boolean caches = pipeline.jobs().values().stream()
                .anyMatch(template -> template.settings().cache());
        TextTable table =
                new TextTable(caches ? List.of("JOB", "AFTER", "CACHE", "OUTPUT") : List.of("JOB", "AFTER", "OUTPUT"));
        int rows = 0;
        for (String name : pipeline.graph().order()) {
            JobTemplate template = pipeline.job(name);
            for (int i = 0; i < template.size() && rows < MOST_ROWS; i++, rows++) {
                Job job = template.job(i);
                List<String> row = new ArrayList<>();
                row.add(job.id());
                row.add(needs(job.needs()));
                if (caches) {
                    Reusable earlier = reusable.get(job.id());
                    row.add(earlier == null ? "-" : "from " + earlier.origin().run());
                }
                row.add(outputs.resolve(job.outputFolder())
                        .resolve(job.outputName() + ".ipynb")
                        .toString());
                table.add(row);
            }
        }
        table.lines().forEach(console::result);
        if (rows < pipeline.size()) {
            console.result("… and " + (pipeline.size() - rows) + " more");
        }
    }

    private static String needs(List<String> needs) {
        if (needs.isEmpty()) {
            return "-";
        }
        int more = needs.size() - MOST_NEEDS;
        return more <= 1
                ? String.join(", ", needs)
                : String.join(", ", needs.subList(0, MOST_NEEDS)) + " and " + more + " more";
    }
}
