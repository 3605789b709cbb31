package io.camelnotebook.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a job is run: its own settings, and where it has none those of the pipeline's {@code defaults}.
 *
 * @param kernel the kernelspec, instead of the one the notebook names
 * @param timeout the longest the notebook may run; empty for no limit
 * @param cellTimeout the longest one cell may run; empty for no limit
 * @param cells which cells are passed over, and which errors do not fail the job
 * @param strictParameters whether a parameter the notebook does not declare is an error
 * @param priority of jobs that are ready, those with the greater one start first; 0 when not given
 * @param retries what happens after an attempt that failed
 * @param cache whether an earlier job that did the same may stand for it
 * @param html whether the executed notebook is also written as an HTML page
 * @param map the function that is called for each of the job's items; empty if the job is its notebook as a whole
 * @param resources what it may use of the machine
 * @param publish where the metadata record goes: the job's own list, or else the pipeline's
 */
public record JobSettings(
        Optional<String> kernel,
        Optional<Duration> timeout,
        Optional<Duration> cellTimeout,
        CellRules cells,
        boolean strictParameters,
        int priority,
        RetryPolicy retries,
        boolean cache,
        boolean html,
        Optional<MapSpec> map,
        Resources resources,
        List<String> publish) {

    public JobSettings {
        publish = List.copyOf(publish);
    }
}
