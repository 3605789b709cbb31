package io.camelnotebook.component;

import io.camelnotebook.kernel.ComputeThreads;
import io.camelnotebook.kernel.MemoryExcess;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job may use, in the environment of its kernel: for libraries, and for the notebook to read. */
final class JobShare {

    /** The bytes of memory that the job says, as a notebook reads them. */
    static final String MEMORY = "CAMEL_NOTEBOOK_MEMORY_BYTES";

    private JobShare() {}

    /** Why a job that says so much memory can never run. */
    static String excess(long bytes, long all) {
        return "there are " + MemoryExcess.amount(all) + " for all notebooks together, which is less than the "
                + MemoryExcess.amount(bytes) + " of this job; say less, or raise the setting notebook.memory";
    }

    /** A kernel's environment with its share; what the job's own {@code env} says stands. */
    static Map<String, String> environment(
            Map<String, String> own, @Nullable Long memoryBytes, @Nullable Integer threads) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (threads != null) {
            environment.putAll(ComputeThreads.variables(threads));
        }
        if (memoryBytes != null) {
            environment.put(MEMORY, memoryBytes.toString());
        }
        environment.putAll(own);
        return environment;
    }
}
