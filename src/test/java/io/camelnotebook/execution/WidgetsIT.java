package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ipywidgets on IPython's kernel. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WidgetsIT {

    /** Gets our input and output on two lines; answers with both engines' cells and widgets, fit to be compared. */
    private static final String COMPARE_WITH_NBCLIENT = """
            import json, re, sys, nbclient, nbformat

            def anonymous(value):
                return json.loads(re.sub("[0-9a-f]{32}", "id", json.dumps(value, sort_keys=True)))

            def comparable(notebook):
                widgets = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]
                models = sorted(anonymous(list(widgets.pop("state").values())), key=json.dumps)
                outputs = [anonymous(cell.outputs) for cell in notebook.cells]
                return {"versions": sorted(widgets.items()), "models": models, "outputs": outputs}

            source, ours = sys.stdin.read().split("\\n")
            for attempt in range(3):  # nbclient itself has been seen to wait for ever for a cell with an Output widget
                try:
                    client = nbclient.NotebookClient(nbformat.read(source, 4), kernel_name="python3", timeout=20)
                    theirs = client.execute()
                    break
                except nbclient.exceptions.CellTimeoutError:
                    pass
            print(json.dumps([comparable(nbformat.read(ours, 4)), comparable(theirs)]))
            """;

    private final PythonKernels kernels = new PythonKernels();
    private TestNotebooks notebooks;

    @BeforeEach
    void notebooks(@TempDir Path folder) {
        notebooks = new TestNotebooks(folder, "python3");
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    @Test
    void stateAndOutputsAreThoseThatNbclientGets() throws Exception {
        ExecutionRequest request = notebooks.request(
                cell(
                        "import ipywidgets as w\nfrom IPython.display import *\nprogress = w.IntProgress(max=3); progress"),
                cell("for i in range(4): progress.value = i"),
                cell("o = w.Output(); inner = w.Output(); o"),
                cell("with o:\n    print('a')\n    with inner: print('b')\n    print('c')\nprint('of the cell')"),
                cell("o.outputs, inner.outputs"),
                cell("with o: clear_output(); print('d', flush=True); display(HTML('<b>e</b>')); 1 / 0"),
                cell("o.outputs[0], o.outputs[1], o.outputs[2]['ename']"),
                cell("with inner: clear_output(wait=True)"),
                cell("with inner: print('f')"),
                cell("inner.outputs"),
                cell("image = w.Image(value=b'\\x89PNG' + bytes(range(256))); image"),
                cell("image.value = b'later'"),
                cell("video = w.Video(value=b'v'); video.close()"),
                cell("@w.interact(x=3)\ndef f(x): print(x)"),
                cell("with o: display('one', display_id='i')\nupdate_display('two', display_id='i')"),
                cell("o.clear_output(); o.append_stdout('appended')"),
                cell("o.outputs"));
        ExecutionResult result = kernels.execute(request);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        byte[] paths = (request.notebook() + "\n" + request.output()).getBytes(UTF_8);
        JsonNode pair = TestNotebooks.JSON.readTree(TestPython.run(COMPARE_WITH_NBCLIENT, paths));
        assertSame(pair, "/outputs");
        assertSame(pair, "/models");
        assertSame(pair, "/versions");
    }

    /** Compares lists one by one, so that a difference can be read. */
    private static void assertSame(JsonNode pair, String list) {
        JsonNode ours = pair.path(0).at(list);
        JsonNode theirs = pair.path(1).at(list);
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.path(i)).as(list + "/" + i).isEqualTo(theirs.path(i));
        }
    }

    @Test
    void aProgressBarShowsWhereTheCellStoppedAlsoAfterAnError() throws Exception {
        ExecutionResult result = kernels.execute(notebooks.request(
                cell("from tqdm.notebook import tqdm\nfor i in tqdm(range(5)): 1 / (3 - i)"), cell("'not run'")));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        List<JsonNode> progress = new ArrayList<>();
        models().forEach(model -> {
            if (model.path("model_name").asText().equals("FloatProgressModel")) {
                progress.add(model.path("state"));
            }
        });
        assertThat(progress).singleElement().satisfies(state -> {
            assertThat(state.path("value").asDouble()).isEqualTo(3);
            assertThat(state.path("bar_style").asText()).isEqualTo("danger");
        });
    }

    @Test
    void aFloodIntoAnOutputWidgetIsKept() throws Exception {
        ExecutionResult result = kernels.execute(notebooks.request(
                cell("import ipywidgets\no = ipywidgets.Output()"),
                cell("with o:\n    for i in range(20_000): print(i, flush=True)"),
                cell("print(len(o.outputs), len(o.outputs[0]['text']))")));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(TestNotebooks.text(notebooks.executed().at("/cells/2/outputs/0/text")))
                .isEqualTo("1 108890\n");
    }

    private JsonNode models() throws IOException {
        return notebooks.executed().at("/metadata/widgets/application~1vnd.jupyter.widget-state+json/state");
    }
}
