package io.camelnotebook.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a kernel process ended. Either {@code code} or {@code signal} is there.
 *
 * @param code its exit status
 * @param signal the signal that killed it
 * @param cpu the CPU time of the kernel and of those of its children it had waited for
 * @param peakMemoryBytes the most resident memory it, or one of those children, ever had
 * @param excess the memory for which it was killed, if it was that
 */
public record KernelExit(
        OptionalInt code, OptionalInt signal, Duration cpu, long peakMemoryBytes, Optional<MemoryExcess> excess) {

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"));

    /** An end that had nothing to do with a limit of memory. */
    public KernelExit(OptionalInt code, OptionalInt signal, Duration cpu, long peakMemoryBytes) {
        this(code, signal, cpu, peakMemoryBytes, Optional.empty());
    }

    /** For people: {@code exit status 1}, or {@code killed by signal 9 (SIGKILL)}. */
    public String description() {
        if (signal.isEmpty()) {
            return "exit status " + code.orElseThrow();
        }
        String name = SIGNALS.get(signal.getAsInt());
        return "killed by signal " + signal.getAsInt() + (name == null ? "" : " (" + name + ")")
                + excess.map(memory -> ": it " + memory.description()).orElse("");
    }
}
