package io.camelnotebook.execution.comparison;

import java.util.List;

/**
 * Where our engine is to differ from nbclient, one by one, and why. A difference that is listed here and does not show
 * fails the comparison like one that shows and is not listed.
 */
final class DemandedDifferences {

    private static final String KERNELS_COUNT =
            "As under papermill, the count is the kernel's, which its prompts and tracebacks name; nbclient's is the"
                    + " number of cells it sent.";
    private static final String NOTHING_OLD =
            "As under papermill, outputs and counts of an earlier execution are gone before the first cell, so that"
                    + " nobody takes them for those of this one.";
    private static final String AS_A_TERMINAL =
            "\\r and \\b do what they do on a terminal; nbclient drops all text before a \\r, and its rule for \\b never"
                    + " runs.";
    private static final String QUIET_EXIT =
            "As under papermill, exit status 0 is the notebook's word that it is done; nbclient takes it for an error.";
    private static final String TIMED_OUT =
            "After our interrupt the cell is timed_out, whatever the kernel answers, and no further one is run;"
                    + " nbclient takes the KeyboardInterrupt for an error of the code, or goes on.";
    private static final String EVERY_DOCUMENT =
            "Outputs and counts that a code cell lacks are none; nbclient breaks off.";
    private static final String OUR_REFUSAL =
            "An invalid document is refused with the place that is wrong; nbclient says which key is missing.";
    private static final String UPGRADED =
            "As under papermill, the executed notebook is of nbformat 4.5, whose cells have ids.";
    private static final String WIDGETS_THOUGH_FAILED =
            "As under papermill, the state of the widgets is kept also when a cell failed, for its outputs are shown"
                    + " with it; nbclient stores none.";
    private static final String KERNEL_NAMED = "A notebook that names no kernel is given the one that it was run with.";

    private static final List<Demanded> ALL = List.of(
            differs("a-kernel-that-counts-otherwise", "/notebook/cells/0/execution_count", "1", "9", KERNELS_COUNT),
            differs("a-kernel-that-counts-otherwise", "/notebook/cells/1/execution_count", "2", "10", KERNELS_COUNT),
            differs("a-kernel-that-counts-otherwise", "/notebook/cells/2/execution_count", "3", "11", KERNELS_COUNT),
            differs("cells-run-inside-a-cell", "/notebook/cells/0/execution_count", "1", "2", KERNELS_COUNT),
            differs("cells-run-inside-a-cell", "/notebook/cells/1/execution_count", "2", "3", KERNELS_COUNT),
            differs("a-skipped-cell-with-old-outputs", "/notebook/cells/0/execution_count", "7", "null", NOTHING_OLD),
            differs(
                    "a-skipped-cell-with-old-outputs",
                    "/notebook/cells/0/outputs/0",
                    "{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":\"old\\n\"}",
                    "absent",
                    NOTHING_OLD),
            differs("old-outputs-after-an-error", "/notebook/cells/1/execution_count", "5", "null", NOTHING_OLD),
            differs(
                    "old-outputs-after-an-error",
                    "/notebook/cells/1/outputs/0",
                    "{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":\"old\\n\"}",
                    "absent",
                    NOTHING_OLD),
            differs("backspaces", "/notebook/cells/0/outputs/0/text", "\"abc\\b\\bX\\n\"", "\"aXc\\n\"", AS_A_TERMINAL),
            differs(
                    "backspaces",
                    "/notebook/cells/1/outputs/0/text",
                    "\"|\\b/\\b-\\bdone\\n\"",
                    "\"done\\n\"",
                    AS_A_TERMINAL),
            differs(
                    "carriage-returns-before-shorter-text",
                    "/notebook/cells/0/outputs/0/text",
                    "\"short\\n\"",
                    "\"shorttext\\n\"",
                    AS_A_TERMINAL),
            differs("system-exit-zero", "/verdict/ename", "\"SystemExit\"", "absent", QUIET_EXIT),
            differs("system-exit-zero", "/verdict/evalue", "\"0\"", "absent", QUIET_EXIT),
            differs("system-exit-zero", "/verdict/outcome", "\"failed\"", "\"succeeded\"", QUIET_EXIT),
            differs("system-exit-without-status", "/verdict/ename", "\"SystemExit\"", "absent", QUIET_EXIT),
            differs("system-exit-without-status", "/verdict/evalue", "\"\"", "absent", QUIET_EXIT),
            differs("system-exit-without-status", "/verdict/outcome", "\"failed\"", "\"succeeded\"", QUIET_EXIT),
            differs("a-cell-beyond-its-time", "/verdict/ename", "\"KeyboardInterrupt\"", "absent", TIMED_OUT),
            differs("a-cell-beyond-its-time", "/verdict/evalue", "\"\"", "absent", TIMED_OUT),
            differs("a-cell-beyond-its-time", "/verdict/outcome", "\"failed\"", "\"timed_out\"", TIMED_OUT),
            differs("an-interrupt-that-is-caught", "/verdict/outcome", "\"succeeded\"", "\"timed_out\"", TIMED_OUT),
            differs("an-interrupt-that-is-caught", "/notebook/cells/1/execution_count", "2", "null", TIMED_OUT),
            differs(
                    "an-interrupt-that-is-caught",
                    "/notebook/cells/1/metadata/execution",
                    "{\"iopub.execute_input\":\"<time>\",\"iopub.status.busy\":\"<time>\"…",
                    "absent",
                    TIMED_OUT),
            differs(
                    "an-interrupt-that-is-caught",
                    "/notebook/cells/1/outputs/0",
                    "{\"name\":\"stdout\",\"output_type\":\"stream\",\"text\":\"next\\n\"}",
                    "absent",
                    TIMED_OUT),
            differs(
                    "missing-cell-metadata",
                    "/verdict/ename",
                    "\"ValidationError\"",
                    "\"PreparationException\"",
                    OUR_REFUSAL),
            differs(
                    "missing-cell-metadata",
                    "/verdict/evalue",
                    "\"The notebook is invalid and is missing an expected key: meta…",
                    "\"<folder>/missing-cell-metadata/notebook.ipynb, at /cells/0/m…",
                    OUR_REFUSAL),
            differs("ids-before-nbformat-4-5", "/notebook/nbformat_minor", "4", "5", UPGRADED),
            differs("nbformat-4-0", "/notebook/cells/0/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-0", "/notebook/cells/1/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-0", "/notebook/nbformat_minor", "0", "5", UPGRADED),
            differs("nbformat-4-1", "/notebook/cells/0/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-1", "/notebook/cells/1/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-1", "/notebook/nbformat_minor", "1", "5", UPGRADED),
            differs("nbformat-4-2", "/notebook/cells/0/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-2", "/notebook/cells/1/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-2", "/notebook/nbformat_minor", "2", "5", UPGRADED),
            differs("nbformat-4-3", "/notebook/cells/0/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-3", "/notebook/cells/1/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-3", "/notebook/nbformat_minor", "3", "5", UPGRADED),
            differs("nbformat-4-4", "/notebook/cells/0/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-4", "/notebook/cells/1/id", "absent", "\"<new>\"", UPGRADED),
            differs("nbformat-4-4", "/notebook/nbformat_minor", "4", "5", UPGRADED),
            differs("missing-outputs-and-count", "/verdict/ename", "\"AttributeError\"", "absent", EVERY_DOCUMENT),
            differs("missing-outputs-and-count", "/verdict/evalue", "\"outputs\"", "absent", EVERY_DOCUMENT),
            differs("missing-outputs-and-count", "/verdict/outcome", "\"broke off\"", "\"succeeded\"", EVERY_DOCUMENT),
            differs(
                    "missing-outputs-and-count",
                    "/notebook",
                    "absent",
                    "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"cell…",
                    EVERY_DOCUMENT),
            differs(
                    "no-kernelspec",
                    "/notebook/metadata/kernelspec/display_name",
                    "absent",
                    "\"Python 3 (ipykernel)\"",
                    KERNEL_NAMED),
            differs("no-kernelspec", "/notebook/metadata/kernelspec/language", "absent", "\"python\"", KERNEL_NAMED),
            differs("no-kernelspec", "/notebook/metadata/kernelspec/name", "absent", "\"python3\"", KERNEL_NAMED),
            differs(
                    "widgets-of-a-notebook-that-fails",
                    "/notebook/metadata/widgets",
                    "absent",
                    "{\"application/vnd.jupyter.widget-state+json\":{\"state\":{\"<wid…",
                    WIDGETS_THOUGH_FAILED));

    private DemandedDifferences() {}

    /** Those that a notebook is to show, all of them, as JSON pointers sort. */
    static List<Difference> of(String notebook) {
        return ALL.stream()
                .filter(demanded -> demanded.notebook().equals(notebook))
                .map(Demanded::difference)
                .toList();
    }

    /** The notebooks that are to show any. */
    static List<String> notebooks() {
        return ALL.stream().map(Demanded::notebook).distinct().toList();
    }

    private static Demanded differs(String notebook, String place, String theirs, String ours, String reason) {
        return new Demanded(notebook, new Difference(place, theirs, ours), reason);
    }

    private record Demanded(String notebook, Difference difference, String reason) {}
}
