package io.camelnotebook.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bounds of the numbers in Quartz's expressions. Quartz has them too, but takes its own signs for "every" and "any", 99
 * and 98, for these where somebody writes them, and leaves out what follows a number that it does not understand.
 */
final class CronNumbers {

    private record Field(String name, int from, int to, Pattern form) {

        private static final Pattern TIME = Pattern.compile("(?=.)(?:\\?|(?:\\*|\\d+(?:-\\d+)?)?(?:/\\d+)?)");
        private static final Pattern ANY = Pattern.compile(".*");

        static Field ofTime(String name, int to) {
            return new Field(name, 0, to, TIME);
        }

        static Field ofDate(String name, int from, int to) {
            return new Field(name, from, to, ANY);
        }
    }

    /** Years have no bounds that anybody would exceed by mistake. */
    private static final List<Field> FIELDS = List.of(
            Field.ofTime("a second", 59),
            Field.ofTime("a minute", 59),
            Field.ofTime("an hour", 23),
            Field.ofDate("a day", 1, 31),
            Field.ofDate("a month", 1, 12),
            Field.ofDate("a weekday", 1, 7));

    private static final Pattern NUMBER = Pattern.compile("(?<![/#L\\d-])\\d+|(?<=[^L,]-)\\d+");

    private CronNumbers() {}

    /** @param forms what expressions look like, for whoever wrote one that is none */
    static void check(String quartz, String forms) throws CronException {
        String[] written = quartz.split(" ");
        for (int i = 0; i < FIELDS.size(); i++) {
            check(FIELDS.get(i), written[i], forms);
        }
    }

    private static void check(Field field, String written, String forms) throws CronException {
        for (String item : written.split(",", -1)) {
            if (!field.form().matcher(item).matches()) {
                throw new CronException("expected " + field.name() + ", found " + Words.quote(written), forms);
            }
            Matcher number = NUMBER.matcher(item);
            while (number.find()) {
                // Longer ones are no int, and too large anyway.
                String digits = number.group();
                int value = digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
                if (value < field.from() || value > field.to()) {
                    throw new CronException(
                            "expected " + field.name() + " from " + field.from() + " to " + field.to() + ", found "
                                    + Words.quote(written),
                            forms);
                }
            }
        }
    }
}
