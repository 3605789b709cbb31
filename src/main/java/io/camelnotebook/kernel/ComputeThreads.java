package io.camelnotebook.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How numerical libraries are told how many threads to use: by environment variables that they read when they are
 * loaded. Each of them takes one for every core if nobody says otherwise, so that kernels side by side would get in each
 * other's way. A notebook reads the number in {@value #SHARE}; it is how many processes its {@code parallel} has.
 */
public final class ComputeThreads {

    /** The number of threads as a notebook reads it. */
    static final String SHARE = "CAMEL_NOTEBOOK_THREADS";

    static final List<String> VARIABLES = List.of(
            SHARE,
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "BLIS_NUM_THREADS");

    private ComputeThreads() {}

    /** The variables that tell them to use so many. */
    public static Map<String, String> variables(int threads) {
        String value = Integer.toString(threads);
        return VARIABLES.stream().collect(Collectors.toMap(Function.identity(), variable -> value));
    }
}
