package io.camelnotebook.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is told, in Python's words and order. */
enum LogLevel {
    NOTSET(Level.TRACE),
    DEBUG(Level.DEBUG),
    INFO(Level.INFO),
    WARNING(Level.WARN),
    ERROR(Level.ERROR),
    CRITICAL(Level.ERROR);

    private final Level ours;

    LogLevel(Level ours) {
        this.ours = ours;
    }

    /** Whether what is of that level is told. */
    boolean tells(LogLevel other) {
        return compareTo(other) <= 0;
    }

    /** Sets the engine's own log to it. */
    void apply() {
        ((Logger) LoggerFactory.getLogger("io.camelnotebook")).setLevel(ours);
    }
}
