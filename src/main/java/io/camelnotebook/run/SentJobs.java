package io.camelnotebook.run;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The jobs and chunks of a run that its engine has sent to the queue and whose ends it does not know yet. A queue of a broker
 * may still have what an engine sent that was killed, and may deliver twice: neither counts. To be used under the run's lock.
 */
final class SentJobs {

    /** What tells one message from all others, also from that of an engine before for the same attempt. */
    private record Sent(String job, int attempt, int chunk, int chunkAttempt, String queued) {

        static Sent of(JobMessage job) {
            MapCall.Chunk chunk =
                    job.hasChunk() ? Objects.requireNonNull(job.map()).chunk() : null;
            return new Sent(
                    job.job(),
                    job.attempt(),
                    chunk == null ? 0 : chunk.number(),
                    chunk == null ? 0 : chunk.attempt(),
                    job.queued());
        }
    }

    private final Set<Sent> sent = new HashSet<>();
    private final Set<Sent> taken = new HashSet<>();

    void add(JobMessage job) {
        sent.add(Sent.of(job));
    }

    /** Somebody takes a job from the queue; says whether it is to be executed. */
    boolean take(JobMessage job) {
        Sent one = Sent.of(job);
        return sent.contains(one) && taken.add(one);
    }

    /** The end of a job has come; says whether it is news. */
    boolean end(JobMessage job) {
        Sent one = Sent.of(job);
        taken.remove(one);
        return sent.remove(one);
    }
}
