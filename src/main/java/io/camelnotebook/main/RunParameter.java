package io.camelnotebook.main;

import io.camelnotebook.run.ResumeException;
import io.camelnotebook.run.RunHistory;
import picocli.CommandLine.Parameters;

/** Which run of the ledger a command is about. */
final class RunParameter {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "latest",
            description = "The id of a run, its beginning, or 'latest', which is the default.")
    private String run;

    /** @throws ResumeException if there is none, or more than one whose id begins so */
    RunHistory.Entry in(RunHistory history) {
        return history.run(run);
    }
}
