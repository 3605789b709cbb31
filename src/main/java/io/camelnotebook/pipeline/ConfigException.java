package io.camelnotebook.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** A config file that cannot be run, with every problem found in it. Nothing of it was run. */
public final class ConfigException extends RuntimeException {

    private final transient List<ConfigProblem> problems;

    /** @param problems at least one */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::message).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** The problems in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
