package io.camelnotebook.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Kernels that will probably be asked for, each kind once, the latest at the end. Thread-safe. */
final class ExpectedKernels {

    /** An engine that runs for weeks sees many notebooks. */
    private static final int MOST = 100;

    private final Set<KernelRequest> requests = new LinkedHashSet<>();

    synchronized void add(KernelRequest request) {
        requests.remove(request);
        requests.add(request);
        if (requests.size() > MOST) {
            requests.remove(requests.iterator().next());
        }
    }

    synchronized List<KernelRequest> all() {
        return List.copyOf(requests);
    }

    /** All of them, which are then no longer expected. */
    synchronized List<KernelRequest> drain() {
        List<KernelRequest> drained = new ArrayList<>(requests);
        requests.clear();
        return drained;
    }
}
