package io.camelnotebook.component;

import io.camelnotebook.execution.EngineLoad;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.support.console.AbstractDevConsole;

/** The component's page of Camel's dev console: what waits and runs now. */
final class NotebookConsole extends AbstractDevConsole {

    private final NotebookComponent component;

    NotebookConsole(NotebookComponent component) {
        super("camel", "notebook", "Notebook", "Notebooks that wait and run");
        this.component = component;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return doCallJson(options).entrySet().stream()
                .map(entry -> "    " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        EngineLoad load = component.engine().load();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("waiting", load.waiting());
        json.put("running", load.running());
        json.put("ending", load.ending());
        json.put("slots", load.slots());
        json.put("droppedEvents", component.events().dropped());
        return json;
    }
}
