package io.camelnotebook.main.template;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.Temporal;
import java.util.Locale;

/** Times in the formats of Python's {@code strftime}, in English. Times without an offset have none. */
final class TimeFormat {

    private TimeFormat() {}

    /** The time as {@code str} writes it: {@code 2026-01-02 03:04:05.000006+00:00}. */
    static String str(Temporal time) {
        String offset = time instanceof OffsetDateTime offsetTime ? offset(offsetTime, ":") : "";
        String fraction = time.get(ChronoField.MICRO_OF_SECOND) == 0 ? "" : ".%f";
        return format(time, "%Y-%m-%d %H:%M:%S" + fraction) + offset;
    }

    static String format(Temporal time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char code = format.charAt(++i);
            boolean unpadded = code == '-' && i + 1 < format.length();
            if (unpadded) {
                code = format.charAt(++i);
            }
            String part = part(time, code);
            text.append(unpadded ? part.replaceFirst("^[0 ]+(?=.)", "") : part);
        }
        return text.toString();
    }

    private static String part(Temporal time, char code) {
        return switch (code) {
            case 'Y' -> number(time, ChronoField.YEAR, 1);
            case 'm' -> number(time, ChronoField.MONTH_OF_YEAR, 2);
            case 'd' -> number(time, ChronoField.DAY_OF_MONTH, 2);
            case 'H' -> number(time, ChronoField.HOUR_OF_DAY, 2);
            case 'I' -> number(time, ChronoField.CLOCK_HOUR_OF_AMPM, 2);
            case 'M' -> number(time, ChronoField.MINUTE_OF_HOUR, 2);
            case 'S' -> number(time, ChronoField.SECOND_OF_MINUTE, 2);
            case 'f' -> number(time, ChronoField.MICRO_OF_SECOND, 6);
            case 'j' -> number(time, ChronoField.DAY_OF_YEAR, 3);
            case 'u' -> number(time, ChronoField.DAY_OF_WEEK, 1);
            case 'w' -> String.valueOf(time.get(ChronoField.DAY_OF_WEEK) % 7);
            case 'y' -> padded(time.get(ChronoField.YEAR) % 100, 2);
            case 'C' -> padded(time.get(ChronoField.YEAR) / 100, 2);
            case 'V' -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'U' -> week(time, time.get(ChronoField.DAY_OF_WEEK) % 7);
            case 'W' -> week(time, time.get(ChronoField.DAY_OF_WEEK) - 1);
            case 'a' -> name(time, "EEE");
            case 'A' -> name(time, "EEEE");
            case 'b', 'h' -> name(time, "MMM");
            case 'B' -> name(time, "MMMM");
            case 'p' -> time.get(ChronoField.AMPM_OF_DAY) == 0 ? "AM" : "PM";
            case 'e' -> String.format(Locale.ROOT, "%2d", time.get(ChronoField.DAY_OF_MONTH));
            case 'c' -> format(time, "%a %b %e %H:%M:%S %Y");
            case 'x', 'D' -> format(time, "%m/%d/%y");
            case 'X', 'T' -> format(time, "%H:%M:%S");
            case 'F' -> format(time, "%Y-%m-%d");
            case 'R' -> format(time, "%H:%M");
            case 'z' -> time instanceof OffsetDateTime offsetTime ? offset(offsetTime, "") : "";
            case 'Z' -> time instanceof OffsetDateTime offsetTime ? zone(offsetTime) : "";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    private static String number(Temporal time, ChronoField field, int digits) {
        return padded(time.get(field), digits);
    }

    private static String padded(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }

    /** The number of the week, of which the first is the one that the year's first such day begins. */
    private static String week(Temporal time, int daysIntoWeek) {
        return padded((time.get(ChronoField.DAY_OF_YEAR) + 6 - daysIntoWeek) / 7, 2);
    }

    private static String name(Temporal time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    private static String offset(OffsetDateTime time, String separator) {
        int seconds = time.getOffset().getTotalSeconds();
        return (seconds < 0 ? "-" : "+")
                + padded(Math.abs(seconds) / 3600, 2)
                + separator
                + padded(Math.abs(seconds) / 60 % 60, 2);
    }

    private static String zone(OffsetDateTime time) {
        return time.getOffset().equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset(time, ":");
    }
}
