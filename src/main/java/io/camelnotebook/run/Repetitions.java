package io.camelnotebook.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs of a run that failed and have another attempt before them. To be used under the run's lock. */
final class Repetitions {

    private final Set<Run.Repetition> backingOff = new LinkedHashSet<>();
    private final Deque<Run.Repetition> due = new ArrayDeque<>();
    private final Map<String, Integer> earlierAttempts = new HashMap<>();

    /** A job begins with that attempt, because the ones before it were made before the run went on here. */
    void beginsWith(String job, int attempt) {
        if (attempt > 1) {
            earlierAttempts.put(job, attempt - 1);
        }
    }

    /** How many attempts a job has had since the run went on here. */
    int attemptsHere(String job, int attempt) {
        return attempt - earlierAttempts.getOrDefault(job, 0);
    }

    /** A job waits until its next attempt is due. */
    void add(Run.Repetition repetition) {
        backingOff.add(repetition);
    }

    /** The time until an attempt is over; says whether somebody still waits for it. */
    boolean due(Run.Repetition repetition) {
        return backingOff.remove(repetition) && due.add(repetition);
    }

    /** Takes an attempt that is due. */
    Optional<Run.Repetition> takeDue() {
        return Optional.ofNullable(due.poll());
    }

    /** Takes an attempt, whether it is due or not. */
    Optional<Run.Repetition> takeAny() {
        due.addAll(backingOff);
        backingOff.clear();
        return takeDue();
    }

    boolean isEmpty() {
        return backingOff.isEmpty() && due.isEmpty();
    }
}
