package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A notebook that is to be executed.
 *
 * @param notebook the document to read; it is not changed
 * @param output where the executed notebook goes; what stands there is replaced
 * @param parameters values for the notebook, in the order they are to be assigned
 * @param kernel the name of the kernel; the notebook's own if empty
 * @param language the language that parameters are written in; the kernel's own if empty
 * @param directory the kernel's working directory
 * @param environment variables for the kernel beside the engine's own
 * @param strictParameters whether a parameter that the parameters cell does not have is an error
 * @param startTimeout how long the kernel may take to start
 * @param autosaveInterval between saves inside a cell; zero for none
 */
public record ExecutionRequest(
        Path notebook,
        Path output,
        Map<String, JsonNode> parameters,
        Optional<String> kernel,
        Optional<String> language,
        Path directory,
        Map<String, String> environment,
        boolean strictParameters,
        Duration startTimeout,
        Duration autosaveInterval,
        ExecutionOptions options) {

    /** A request in the kernel's own language. */
    public ExecutionRequest(
            Path notebook,
            Path output,
            Map<String, JsonNode> parameters,
            Optional<String> kernel,
            Path directory,
            Map<String, String> environment,
            boolean strictParameters,
            Duration startTimeout,
            Duration autosaveInterval,
            ExecutionOptions options) {
        this(
                notebook,
                output,
                parameters,
                kernel,
                Optional.empty(),
                directory,
                environment,
                strictParameters,
                startTimeout,
                autosaveInterval,
                options);
    }

    /** The same with other options. */
    ExecutionRequest withOptions(ExecutionOptions others) {
        return new ExecutionRequest(
                notebook,
                output,
                parameters,
                kernel,
                language,
                directory,
                environment,
                strictParameters,
                startTimeout,
                autosaveInterval,
                others);
    }

    /** papermill's default. */
    public static final Duration DEFAULT_AUTOSAVE_INTERVAL = Duration.ofSeconds(30);
}
