package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a notebook of the JSON of its document, of whatever version, and refuses what is none. */
final class NotebookDocument {

    private static final String VERSION = "the number 4, or 2 or 3, which are upgraded";

    private final DocumentProblems problems;
    /** Then its text has been joined by the rules of its old version, and what is a list still is meant to be one. */
    private boolean upgraded;

    NotebookDocument(String nameForErrors) {
        this.problems = new DocumentProblems(nameForErrors);
    }

    Notebook notebook(JsonNode document) throws NotebookFormatException {
        if (!(document instanceof ObjectNode fields)) {
            problems.add("", "an object with nbformat, metadata and cells", document, "give the path of a notebook");
            throw problems.refusal();
        }
        toVersion4(fields);
        problems.throwIfAny();
        new NotebookCheck(problems).check(fields);
        problems.throwIfAny();
        JsonNode cellNodes = fields.remove("cells");
        List<Cell> cells = new ArrayList<>(cellNodes.size());
        for (JsonNode cell : cellNodes) {
            cells.add(cell((ObjectNode) cell));
        }
        Notebook notebook = new Notebook(fields, cells);
        if (notebook.hasCellIds()) {
            CellIds.repair(cells);
        }
        return notebook;
    }

    private void toVersion4(ObjectNode document) {
        JsonNode version = document.path("nbformat");
        if (!version.isIntegralNumber()) {
            problems.add("/nbformat", VERSION, version, "give the path of a notebook");
            return;
        }
        int major = version.bigIntegerValue().bitLength() < Integer.SIZE ? version.intValue() : Integer.MAX_VALUE;
        if (major == 2 || major == 3) {
            new NotebookUpgrade(problems).upgrade(document);
            upgraded = true;
        } else if (major < 2) {
            problems.add(
                    "/nbformat",
                    VERSION,
                    version,
                    "upgrade it with: jupyter nbconvert --to notebook --output upgraded.ipynb, and look at the result");
        } else if (major > 4) {
            problems.add("/nbformat", VERSION, version, "save it as nbformat 4: no newer one is known");
        }
    }

    private Cell cell(ObjectNode fields) {
        // A type that a later minor version brings is kept as it is, which is what raw means.
        CellType type = CellType.of(fields.path("cell_type").textValue()).orElse(CellType.RAW);
        String source = MimeBundles.joined(fields.remove("source")).orElseThrow();
        if (!upgraded) {
            fields.path("attachments").forEach(MimeBundles::join);
        }
        Cell cell = new Cell(type, source, fields);
        if (type == CellType.CODE) {
            fields.path("outputs").forEach(output -> cell.outputs().add(output((ObjectNode) output)));
            fields.remove("outputs");
        }
        return cell;
    }

    private Output output(ObjectNode json) {
        String type = json.path("output_type").textValue();
        if (MimeBundles.areIn(type)) {
            if (!upgraded) {
                MimeBundles.join(json.path("data"));
            }
            return new JsonOutput(json);
        }
        MimeBundles.joined(json.path("text")).ifPresent(text -> json.set("text", TextNode.valueOf(text)));
        // With anything beside these three it stays JSON, so that nothing is lost.
        if (type.equals("stream") && json.size() == 3 && json.path("name").isTextual()) {
            return StreamOutput.ofDocument(
                    json.path("name").textValue(), json.path("text").textValue());
        }
        return new JsonOutput(json);
    }
}
