package io.camelnotebook.main;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts in columns that are as wide as their widest text, with two spaces between them. */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> titles) {
        rows.add(List.copyOf(titles));
    }

    /** @param row with as many texts as there are titles */
    void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
