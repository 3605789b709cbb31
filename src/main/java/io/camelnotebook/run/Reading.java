package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.RunValues;
import java.util.List;
import java.util.function.Function;

/** What the jobs of one run read of each other. To be used under the run's lock. */
final class Reading {

    private final LedgerValues values;
    private final Upstream upstream;

    Reading(String run, Pipeline pipeline, Ledger ledger) {
        this(run, pipeline, template -> ledger.finished(run, template));
    }

    /** @param finished the jobs of a template, in the template's order */
    Reading(String run, Pipeline pipeline, Function<String, List<Finished>> finished) {
        values = new LedgerValues(run, pipeline, finished);
        upstream = new Upstream(values::jobs);
    }

    RunValues values() {
        return values;
    }

    /** What goes with the message of a job all of whose needs have succeeded. */
    JobFiles files(Job job) {
        boolean cache = job.settings().cache();
        Job resolved = job.isResolved() ? job : job.resolve(values);
        return new JobFiles(
                resolved.inputs(),
                resolved.outputs(),
                cache,
                job.settings().html(),
                cache ? upstream.checksum(job.template()) : null);
    }
}
