package io.camelnotebook.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/** Names the process of an engine, so that another one can tell whether it lives: host, process id, start. */
final class EngineProcess {

    private EngineProcess() {}

    /** The name of this process. */
    static String current() {
        return name(ProcessHandle.current());
    }

    /** The process id, if the engine of that name is another process that lives on this machine. */
    static Optional<Long> living(String name) {
        String[] words = name.split(" ", 3);
        if (words.length < 2 || name.equals(current())) {
            return Optional.empty();
        }
        long id = Long.parseLong(words[1]);
        return ProcessHandle.of(id)
                .filter(process -> name(process).equals(name))
                .map(ProcessHandle::pid);
    }

    /** Whether the engine of that name was a process of this machine, and has ended; false for one of another machine. */
    static boolean hasEnded(String name) {
        return name.startsWith(hostName() + " ")
                && !name.equals(current())
                && living(name).isEmpty();
    }

    private static String name(ProcessHandle process) {
        return hostName() + " " + process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
