package io.camelnotebook.publish.mlflow;

/** How runs end, in MLflow's words. */
final class RunStatus {

    private RunStatus() {}

    /** The status for the state of a job or of a pipeline's run. */
    static String of(String state) {
        return switch (state) {
            case "succeeded", "cached" -> "FINISHED";
            case "cancelled" -> "KILLED";
            default -> "FAILED";
        };
    }
}
