package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class OnceAMinuteTest {

    private final OnceAMinute filter = new OnceAMinute();

    private FilterReply decide(long second, String words) {
        return decide(Level.WARN, second, words);
    }

    private FilterReply decide(Level level, long second, String words) {
        LoggingEvent event = new LoggingEvent();
        event.setLevel(level);
        event.setMessage(words);
        event.setTimeStamp(second * 1000);
        return filter.decide(event);
    }

    @Test
    void theSameWordsAreToldOnceAMinuteHoweverOftenTheyAreSaid() {
        assertThat(decide(100, "down")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide(101, "down")).isEqualTo(FilterReply.DENY);
        assertThat(decide(159, "down")).isEqualTo(FilterReply.DENY);
        assertThat(decide(160, "down")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide(161, "down")).isEqualTo(FilterReply.DENY);
    }

    @Test
    void aNumberMakesNoOtherWords() {
        decide(100, "closing [id: 0x04843eb0], try 1");

        assertThat(decide(105, "closing [id: 0x2f53b766], try 2")).isEqualTo(FilterReply.DENY);
    }

    @Test
    void whatIsNoWarningIsToldAsOftenAsItIsSaid() {
        decide(Level.DEBUG, 100, "polling");

        assertThat(decide(Level.DEBUG, 100, "polling")).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void otherWordsAreToldAtOnce() {
        decide(100, "down");

        assertThat(decide(100, "wrong password")).isEqualTo(FilterReply.NEUTRAL);
    }
}
