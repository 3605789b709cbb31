package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of an execution.
 *
 * @param error what stopped it, unless it succeeded
 * @param cells a result for each cell of the executed notebook; empty if the notebook could not be read
 * @param results the values that the notebook recorded, by name
 * @param kernelName the name of the kernel's spec; empty if none was found
 * @param kernelStart how the kernel was started; empty if it did not start
 * @param kernel what the kernel said about itself; empty if it did not start
 * @param exit how the kernel's process ended, with its use of the machine; empty if it did not start
 * @param start how long the kernel took until it was ready
 * @param run from then to the end of the last cell
 * @param warnings what the user should know although it stopped nothing
 */
public record ExecutionResult(
        Outcome outcome,
        Optional<ExecutionError> error,
        List<CellResult> cells,
        Map<String, JsonNode> results,
        Optional<String> kernelName,
        Optional<KernelStart> kernelStart,
        Optional<KernelInfo> kernel,
        Optional<KernelExit> exit,
        Duration start,
        Duration run,
        List<String> warnings) {}
