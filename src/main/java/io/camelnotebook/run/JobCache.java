package io.camelnotebook.run;

import java.util.List;

/** Knows the jobs that have succeeded. Thread-safe. */
@FunctionalInterface
public interface JobCache {

    /** Knows none. */
    JobCache NONE = key -> List.of();

    /**
     * The jobs with a cache key, the last one first. Whether their files are still there is not looked at.
     *
     * @throws LedgerException if that cannot be found out
     */
    List<Reusable> find(String key);
}
