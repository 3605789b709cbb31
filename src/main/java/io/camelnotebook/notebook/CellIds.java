package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The ids of cells, which nbformat brought with 4.5: unique in a notebook. */
final class CellIds {

    private CellIds() {}

    /** Gives new ids to cells that have none, or that of an earlier cell. Other ids stay, valid or not. */
    static void repair(List<Cell> cells) {
        Set<JsonNode> seen = new HashSet<>();
        for (Cell cell : cells) {
            JsonNode id = cell.fields().path("id");
            if (id.isMissingNode() || !seen.add(id)) {
                cell.fields().put("id", unused(cells));
            }
        }
    }

    /** Eight hexadecimal digits that no cell has as its id. */
    static String unused(List<Cell> cells) {
        String id;
        do {
            id = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        } while (isUsed(id, cells));
        return id;
    }

    private static boolean isUsed(String id, List<Cell> cells) {
        return cells.stream()
                .anyMatch(cell -> id.equals(cell.fields().path("id").textValue()));
    }
}
