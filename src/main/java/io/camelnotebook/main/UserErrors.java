package io.camelnotebook.main;

import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.kernel.KernelStartException;
import io.camelnotebook.kernel.PrivateEnvironmentException;
import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.run.LedgerException;
import io.camelnotebook.run.ResumeException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in words for the user: a stack trace is only for errors that are ours. */
final class UserErrors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (error instanceof CompletionException && error.getCause() instanceof Exception cause) {
            // It broke off a run, so something may have run before.
            handleExecutionException(cause, command, arguments);
            return ExitStatus.FAILED;
        }
        if (isTheUsers(error)) {
            err.println("camel-notebook: " + error.getMessage());
            return ExitStatus.USAGE;
        }
        err.println("camel-notebook: this should not have happened; please report it with what follows");
        error.printStackTrace(err);
        return ExitStatus.FAILED;
    }

    private static boolean isTheUsers(Exception error) {
        return error instanceof PreparationException
                || error instanceof ConfigException
                || error instanceof UsageException
                || error instanceof KernelStartException
                || error instanceof PrivateEnvironmentException
                || error instanceof ResumeException
                || error instanceof LedgerException;
    }
}
