package io.camelnotebook.run;

import org.jdbi.v3.core.Handle;

/** The ledger's rows about attempts of jobs, and about each change of their states. */
final class AttemptRows {

    private AttemptRows() {}

    static void queued(Handle handle, JobMessage job, String now) {
        handle.createUpdate("""
                        INSERT INTO attempt (run, job, attempt, state, queued)
                        VALUES (:run, :job, :attempt, 'queued', :now)
                        ON CONFLICT (run, job, attempt) DO UPDATE SET queued = excluded.queued""")
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .bind("now", now)
                .execute();
        changed(handle, job, JobState.QUEUED, now);
    }

    static void started(Handle handle, JobMessage job, String now) {
        handle.createUpdate("UPDATE attempt SET state = 'running', started = :now"
                        + " WHERE run = :run AND job = :job AND attempt = :attempt")
                .bind("now", now)
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .execute();
        changed(handle, job, JobState.RUNNING, now);
    }

    static void ended(Handle handle, JobResult result) {
        JobMessage job = result.job();
        handle.createUpdate("""
                        UPDATE attempt SET state = :state, started = :started, ended = :ended, seconds = :seconds,
                                           error = :error
                        WHERE run = :run AND job = :job AND attempt = :attempt""")
                .bind("state", result.state())
                .bind("started", result.started())
                .bind("ended", result.ended())
                .bind("seconds", result.startSeconds() + result.runSeconds())
                .bind("error", JobRows.errorLine(result))
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .execute();
        changed(handle, job, result.jobState(), result.ended());
    }

    /** Notes a change of a job's state, and when it was. */
    static void changed(Handle handle, JobMessage job, JobState state, String at) {
        handle.createUpdate("INSERT INTO state_change (run, job, attempt, state, at)"
                        + " VALUES (:run, :job, :attempt, :state, :at)")
                .bind("run", job.run())
                .bind("job", job.job())
                .bind("attempt", job.attempt())
                .bind("state", state.jsonName())
                .bind("at", at)
                .execute();
    }
}
