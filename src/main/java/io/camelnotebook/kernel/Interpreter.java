package io.camelnotebook.kernel;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/**
 * A Python that answered.
 *
 * @param executable the program itself, where the path it was found at is a mere launcher (as pyenv's are)
 * @param major of its version
 * @param minor of its version
 * @param modules which of the modules asked for it can import
 */
public record Interpreter(Path executable, int major, int minor, Set<String> modules) {
    public Interpreter {
        modules = Set.copyOf(modules);
    }

    /** The same, run through that path. */
    Interpreter at(Path path) {
        return new Interpreter(path, major, minor, modules);
    }

    /** Whether it can run our own Python code. */
    public boolean isSupported() {
        return major == 3 && minor >= 9;
    }

    /** Whether it can import all of them. */
    public boolean has(Collection<String> wanted) {
        return modules.containsAll(wanted);
    }

    /** Its version as people write it. */
    public String version() {
        return major + "." + minor;
    }
}
