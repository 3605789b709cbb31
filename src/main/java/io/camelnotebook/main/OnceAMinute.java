package io.camelnotebook.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Keeps a library that tries something again and again from saying each time why: the same words, whatever the numbers in them,
 * are told once a minute. Thread-safe.
 */
final class OnceAMinute extends Filter<ILoggingEvent> {

    private static final long SILENCE = TimeUnit.MINUTES.toMillis(1);
    private static final int REMEMBERED = 100;

    /** What counts tries, connections and milliseconds. */
    private static final Pattern CHANGING = Pattern.compile("0x[0-9a-f]+|\\d+");

    /** When which words were told, in milliseconds since 1970, the latest last. */
    private final Map<String, Long> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            // Who asks for more wants all of it.
            return FilterReply.NEUTRAL;
        }
        String words = CHANGING.matcher(event.getFormattedMessage()).replaceAll("");
        Long before = told.get(words);
        if (before != null && event.getTimeStamp() - before < SILENCE) {
            return FilterReply.DENY;
        }
        told.remove(words);
        told.put(words, event.getTimeStamp());
        return FilterReply.NEUTRAL;
    }
}
