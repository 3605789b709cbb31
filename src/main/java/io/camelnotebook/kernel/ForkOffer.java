package io.camelnotebook.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * The fork servers that a kernel may be forked from.
 *
 * @param wanted one with all that the notebook imports; it may still be about to start
 * @param meanwhile one that runs and has less
 */
record ForkOffer(ForkServer wanted, Optional<ForkServer> meanwhile) {

    /** Importing the rest by itself takes a notebook as long as it takes the server, and costs it again. */
    private static final Duration WORTH_WAITING = Duration.ofSeconds(3);

    /** Waits for a server that can fork; if there is none in time, the failure of the one returned says why. */
    ForkServer await(Duration limit) throws InterruptedException {
        if (meanwhile.isEmpty()) {
            wanted.await(limit);
            return wanted;
        }
        ForkServer server = wanted.comesUpWithin(WORTH_WAITING) ? wanted : meanwhile.get();
        server.await(limit);
        return server;
    }
}
