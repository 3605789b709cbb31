package io.camelnotebook.kernel;

import java.util.Optional;

/**
 * How a kernel was started, or would be.
 *
 * @param reason why not in the way that was asked for; empty if it was
 */
public record KernelStart(StartMode mode, Optional<String> reason) {

    static KernelStart as(StartMode mode) {
        return new KernelStart(mode, Optional.empty());
    }

    static KernelStart freshBecause(String reason) {
        return new KernelStart(StartMode.FRESH, Optional.of(reason));
    }

    static KernelStart forkOverZeroMq(String reason) {
        return new KernelStart(StartMode.FORK, Optional.of("over ZeroMQ: " + reason));
    }

    /** For people: {@code fork}, or {@code fresh: kernel 'ir' is not ipykernel}. */
    public String description() {
        return mode.jsonName() + reason.map(why -> ": " + why).orElse("");
    }
}
