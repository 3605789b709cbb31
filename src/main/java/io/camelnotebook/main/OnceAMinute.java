package io.camelnotebook.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.camelnotebook.component.RecentlyTold;
import java.util.regex.Pattern;

/**
 * Keeps a library that tries something again and again from saying each time why: the same words, whatever the numbers in them,
 * are told once a minute. Thread-safe.
 */
final class OnceAMinute extends Filter<ILoggingEvent> {

    /** What counts tries, connections and milliseconds. */
    private static final Pattern CHANGING = Pattern.compile("0x[0-9a-f]+|\\d+");

    private final RecentlyTold words = new RecentlyTold(1);

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            // Who asks for more wants all of it.
            return FilterReply.NEUTRAL;
        }
        String without = CHANGING.matcher(event.getFormattedMessage()).replaceAll("");
        return words.isNews(without, event.getTimeStamp()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
