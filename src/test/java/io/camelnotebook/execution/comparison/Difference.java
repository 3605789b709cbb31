package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A place where two executions of a notebook have different values.
 *
 * @param place a JSON pointer; {@code /verdict} is how the execution ended, {@code /notebook} the document
 * @param expected the value there as JSON, long ones cut to where they differ; {@code absent} if there is none
 */
record Difference(String place, String expected, String actual) {

    private static final String ABSENT = "absent";
    private static final int BEFORE = 20;
    private static final int AFTER = 60;

    static Difference of(String place, JsonNode expected, JsonNode actual) {
        String theirs = expected.isMissingNode() ? ABSENT : expected.toString();
        String ours = actual.isMissingNode() ? ABSENT : actual.toString();
        int same = 0;
        while (same < Math.min(theirs.length(), ours.length()) && theirs.charAt(same) == ours.charAt(same)) {
            same++;
        }
        return new Difference(place, cut(theirs, same), cut(ours, same));
    }

    private static String cut(String json, int around) {
        int from = Math.max(0, around - BEFORE);
        int to = Math.min(json.length(), around + AFTER);
        return (from > 0 ? "…" : "") + json.substring(from, to) + (to < json.length() ? "…" : "");
    }

    @Override
    public String toString() {
        return "at " + place + "\n  expected " + expected + "\n  but was  " + actual;
    }
}
