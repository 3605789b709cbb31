package io.camelnotebook.run;

import io.camelnotebook.pipeline.ExpressionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** What follows when an attempt of a job, or a chunk of one, has ended. It is in the ledger before it shows. Thread-safe. */
final class JobEnds {

    private final Ledger ledger;
    private final RetryRule retries;
    private final MapSteps maps;
    private final RunListener listener;

    JobEnds(Ledger ledger, RetryRule retries, MapSteps maps, RunListener listener) {
        this.ledger = ledger;
        this.retries = retries;
        this.maps = maps;
        this.listener = listener;
    }

    /** Tells what follows. A job that has ended is in the ledger then. */
    Ended ended(Run run, JobResult result) {
        if (result.job().hasChunk()) {
            return maps.chunkEnded(run, result);
        }
        if (result.job().map() == null || !result.jobState().isSuccess()) {
            return attemptEnded(run, result);
        }
        try {
            return maps.begins(run, result);
        } catch (IOException | ExpressionException e) {
            return attemptEnded(
                    run,
                    result.failed(new JobResult.Failure(
                            null, "Items", "the items of the map cannot be had: " + why(e), List.of())));
        }
    }

    private static String why(Exception problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return problem instanceof AccessDeniedException denied
                ? denied.getFile() + " may not be read"
                : String.valueOf(problem.getMessage());
    }

    private Ended attemptEnded(Run run, JobResult result) {
        JobMessage message = result.job();
        Optional<Retry> retry;
        synchronized (run) {
            retry = retries.after(run, result);
        }
        // Not under the run's lock, so that what ends at once is written at once.
        if (retry.isPresent()) {
            Run.Repetition next = retry.get().repetition();
            ledger.attemptEnded(result, next.attempt());
            synchronized (run) {
                run.backsOff(next);
            }
            listener.attemptEnded(result, retry.get().delay());
            return new Ended(retry, Optional.empty());
        }
        ledger.jobEnded(result);
        synchronized (run) {
            run.ended(message.template(), message.job(), result.jobState());
            result.problem().ifPresent(run::problem);
        }
        listener.jobEnded(result);
        return new Ended(Optional.empty(), Optional.of(result));
    }
}
