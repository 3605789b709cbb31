package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is there outside of an engine, and stays when it is killed: what was executed, and what arrived at destinations. */
final class World {

    private final Map<String, Integer> executions = new HashMap<>();
    private final Map<String, JobState> over = new HashMap<>();
    private final Map<String, String> arrived = new HashMap<>();
    private final Set<String> noted = new HashSet<>();

    /** A notebook is executed, which must not happen once its job is over. */
    void executes(JobMessage job) {
        assertThat(over).as("jobs that are over").doesNotContainKey(job.job());
        executions.merge(job.job(), 1, Integer::sum);
    }

    /** An engine says that a job is over. */
    void isOver(String job, JobState state) {
        assertThat(over.put(job, state)).as("earlier final state of " + job).isNull();
    }

    /** A file arrives at a destination: again only if no engine could know that it had, and with the same content. */
    void arrives(String eventId, String file, String content) {
        assertThat(noted).as("what was noted as delivered").doesNotContain(eventId + file);
        String before = arrived.put(eventId + file, content);
        if (before != null) {
            assertThat(content).isEqualTo(before);
        }
    }

    /** The ledger has it that a file arrived. */
    void isNoted(String eventId, String file) {
        noted.add(eventId + file);
    }

    int executions(String job) {
        return executions.getOrDefault(job, 0);
    }

    /** What arrived: event ids with the file's name behind them. */
    Set<String> arrived() {
        return arrived.keySet();
    }
}
