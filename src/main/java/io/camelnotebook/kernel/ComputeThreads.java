package io.camelnotebook.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables that tell numerical libraries how many threads to use. Each of them takes a thread for
 * every core if nobody says otherwise, so that kernels side by side would get in each other's way.
 */
public final class ComputeThreads {

    private static final List<String> VARIABLES = List.of(
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "BLIS_NUM_THREADS");

    private ComputeThreads() {}

    /**
     * The variables for one of several kernels side by side, without those that the user has set.
     *
     * @param cores how many cores the machine has
     * @param kernels how many kernels may run at once
     * @param user the user's environment
     */
    public static Map<String, String> environment(int cores, int kernels, Map<String, String> user) {
        String share = Integer.toString(Math.max(1, cores / Math.max(1, kernels)));
        Map<String, String> environment = new HashMap<>();
        for (String variable : VARIABLES) {
            if (!user.containsKey(variable)) {
                environment.put(variable, share);
            }
        }
        return environment;
    }
}
