package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.run.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The jobs of a run as CSV (RFC 4180): job, label, a column for each parameter and each result, status, seconds,
 * output.
 */
final class ResultsTable {

    private ResultsTable() {}

    static String csv(List<Ledger.Entry> jobs) {
        Set<String> parameters = new LinkedHashSet<>();
        Set<String> results = new LinkedHashSet<>();
        for (Ledger.Entry job : jobs) {
            parameters.addAll(job.parameters().keySet());
            results.addAll(job.results().keySet());
        }
        List<String> header = new ArrayList<>(List.of("job", "label"));
        parameters.forEach(name -> header.add("parameters." + name));
        results.forEach(name -> header.add("results." + name));
        header.addAll(List.of("status", "seconds", "output"));

        StringBuilder csv = new StringBuilder(row(header));
        for (Ledger.Entry job : jobs) {
            List<String> row = new ArrayList<>(List.of(job.id(), job.label()));
            parameters.forEach(name -> row.add(text(job.parameters(), name)));
            results.forEach(name -> row.add(text(job.results(), name)));
            row.add(job.state().jsonName());
            row.add(job.seconds() == null ? "" : String.format(Locale.ROOT, "%.3f", job.seconds()));
            // A job that was not run has left none; what is there is of an earlier run.
            row.add(job.seconds() == null ? "" : job.output());
            csv.append(row(row));
        }
        return csv.toString();
    }

    private static String text(Map<String, JsonNode> values, String name) {
        JsonNode value = values.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        // A number that JSON does not have is a text there, in quotes.
        return value.isTextual() || value.isNumber() ? value.asText() : value.toString();
    }

    private static String row(List<String> fields) {
        return fields.stream().map(ResultsTable::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
