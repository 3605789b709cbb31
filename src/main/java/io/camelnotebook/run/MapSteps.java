package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobSettings;
import io.camelnotebook.pipeline.MapItems;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The steps of jobs with a map, from the end of their notebook to that of their last chunk. Thread-safe. */
final class MapSteps {

    private final Ledger ledger;
    private final JobDispatch dispatch;
    private final RetryRule retries;
    private final int most;
    private final RunListener listener;
    private final Clock clock;

    /** @param most how many chunks of a job may be on their way at once */
    MapSteps(Ledger ledger, JobDispatch dispatch, RetryRule retries, int most, RunListener listener, Clock clock) {
        this.ledger = ledger;
        this.dispatch = dispatch;
        this.retries = retries;
        this.most = most;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * The notebook of a job has run: its items are next.
     *
     * @throws IOException if they cannot be read
     * @throws io.camelnotebook.pipeline.ExpressionException if nobody can say what they are
     */
    Ended begins(Run run, JobResult definitions) throws IOException {
        JobMessage message = definitions.job();
        Job job = run.pipeline().job(message.template()).job(message.index());
        JobSettings settings = job.settings();
        MapItems items;
        synchronized (run) {
            items = dispatch.items(run, job);
        }
        OpenMap files = new OpenMap(definitions, settings.map().orElseThrow(), items, ledger.chunks(), most);
        MapJob map = new MapJob(definitions, files, retries, settings.retries(), most, clock);
        synchronized (run) {
            run.mapBegins(map);
        }
        listener.itemsEnded(message, map.done(), map.size());
        return new Ended(Optional.empty(), over(run, map));
    }

    /** A chunk has come back. */
    Ended chunkEnded(Run run, JobResult result) {
        Optional<MapJob> going;
        synchronized (run) {
            going = run.maps().of(result.job().job());
        }
        if (going.isEmpty()) {
            return Ended.GOES_ON;
        }
        MapJob map = going.get();
        Optional<Retry> retry = map.ended(result);
        synchronized (run) {
            run.chunkEnded();
            if (run.isCancelled()) {
                map.cancel();
            }
        }
        listener.itemsEnded(map.job(), map.done(), map.size());
        return new Ended(retry, over(run, map));
    }

    /** The run was cancelled. Gives the job's end, unless chunks of it are on their way, whose end will be its end. */
    Optional<JobResult> cancelled(Run run, MapJob map) {
        map.cancel();
        return over(run, map);
    }

    private Optional<JobResult> over(Run run, MapJob map) {
        Optional<JobResult> over = map.over().map(JobResult::withoutSecrets);
        over.ifPresent(result -> {
            ledger.jobEnded(result);
            synchronized (run) {
                run.mapEnded(result);
                result.problem().ifPresent(run::problem);
            }
            listener.jobEnded(result);
        });
        return over;
    }
}
