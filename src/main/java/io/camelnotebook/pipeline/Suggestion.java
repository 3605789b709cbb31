package io.camelnotebook.pipeline;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that was probably meant by one that does not exist. */
final class Suggestion {

    private static final int LONGEST_NAME = 60;

    private Suggestion() {}

    /** {@code did you mean 'x'?} for the nearest of the known names, else what {@code otherwise} says. */
    static String nearest(String name, Collection<String> known, String otherwise) {
        String best = null;
        int bestDistance = Math.min(3, (name.length() + 1) / 3);
        if (name.length() <= LONGEST_NAME) {
            for (String candidate : known) {
                int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (distance < bestDistance || (distance == bestDistance && best == null)) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best == null ? otherwise : "did you mean " + Words.quote(best) + "?";
    }

    /** As {@link #nearest(String, Collection, String)}, naming what there is when nothing is near. */
    static String nearest(String name, Collection<String> known) {
        return nearest(name, known, thereAre(known));
    }

    /** {@code there is 'a'}, {@code there are 'a', 'b'}, {@code there are none}; of many the first ten. */
    static String thereAre(Collection<String> known) {
        if (known.isEmpty()) {
            return "there are none";
        }
        StringBuilder names = new StringBuilder(known.size() == 1 ? "there is " : "there are ");
        int shown = 0;
        for (String name : known) {
            if (shown == 10) {
                return names.append(" and ")
                        .append(known.size() - shown)
                        .append(" more")
                        .toString();
            }
            names.append(shown++ == 0 ? "" : ", ").append(Words.quote(name));
        }
        return names.toString();
    }

    /** Edit distance in which swapping neighbours counts as one edit. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 3) {
            return Integer.MAX_VALUE;
        }
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1);
                least = Math.min(least, edits[i - 1][j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
