package io.camelnotebook.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How to start a kernel process.
 *
 * @param argv the program and its arguments; a program without a slash is looked for on the PATH of {@code env}
 * @param env the whole environment; {@code CAMEL_NOTEBOOK_KERNEL} is added, by which its descendants are known
 * @param cwd the working directory, which must be there
 * @param memory the most bytes that it and its child processes may have together before it is killed; no limit if empty
 * @param logFile what its standard output and error are appended to; made if need be, its folder must be there
 */
public record KernelCommand(List<String> argv, Map<String, String> env, Path cwd, OptionalLong memory, Path logFile) {
    /** A command without a limit of memory. */
    public KernelCommand(List<String> argv, Map<String, String> env, Path cwd, Path logFile) {
        this(argv, env, cwd, OptionalLong.empty(), logFile);
    }

    public KernelCommand {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        cwd = cwd.toAbsolutePath();
        logFile = logFile.toAbsolutePath();
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("A kernel's command needs at least the program to run");
        }
    }
}
