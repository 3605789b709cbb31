package io.camelnotebook.run;

import io.camelnotebook.pipeline.RetryPolicy;
import java.util.Optional;

/** Whether a failed attempt of a job is followed by another: the job's policy, with the engine's number of retries. */
final class RetryRule {

    private final int usualAttempts;

    /** @param retries how often a job is tried again that does not say it */
    RetryRule(int retries) {
        usualAttempts = retries + 1;
    }

    /** The attempt that follows one that has ended, if there is to be one. To be used under the run's lock. */
    Optional<Retry> after(Run run, JobResult result) {
        JobMessage job = result.job();
        RetryPolicy policy = run.pipeline().job(job.template()).settings().retries();
        int attempts = run.repetitions().attemptsHere(job.job(), job.attempt());
        if (run.isCancelled() || !hasAnother(policy, attempts, result)) {
            return Optional.empty();
        }
        return Optional.of(
                new Retry(run.id(), job.template(), job.index(), job.attempt() + 1, 0, policy.delayAfter(attempts)));
    }

    /** @param attempts how many there were, the failed one counted */
    boolean hasAnother(RetryPolicy policy, int attempts, JobResult result) {
        return attempts < policy.attempts().orElse(usualAttempts) && isWorthwhile(policy, result);
    }

    private static boolean isWorthwhile(RetryPolicy policy, JobResult result) {
        JobResult.Failure error = result.error();
        return switch (result.jobState()) {
            case TIMED_OUT -> policy.on().contains(RetryPolicy.TIMEOUT);
            case KERNEL_DIED -> !leftByItself(result) || policy.on().contains(RetryPolicy.ERROR);
            case FAILED ->
                result.isKernelStart()
                        || (error != null
                                && result.kernel() != null
                                && (policy.on().contains(RetryPolicy.ERROR) || policy.names(error.ename())));
            default -> false;
        };
    }

    /** A kernel that a signal ended, or whose end nobody saw, is not the fault of the notebook's code. */
    private static boolean leftByItself(JobResult result) {
        JobResult.KernelRecord kernel = result.kernel();
        return kernel != null && kernel.exit() != null && kernel.exit().startsWith("exit status");
    }
}
