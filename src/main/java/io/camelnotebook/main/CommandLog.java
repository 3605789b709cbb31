package io.camelnotebook.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The log of the commands, for people at a terminal: what they should know, on the error output. It is set up here, as
 * to read an XML file takes a twentieth of the time of a short notebook, and only here, since an application with our
 * component has a log of its own.
 */
final class CommandLog {

    /** A client of a broker that is down tries every second or so, in each of its threads, and each time it says so. */
    private static final List<String> CLIENTS = List.of(
            "org.apache.camel.component.jms.DefaultJmsMessageListenerContainer",
            "org.apache.activemq",
            "io.netty",
            "org.apache.kafka",
            "org.apache.camel.component.kafka");

    /** These say that it is tried again, in words of Camel's own; what there is to be said about it, the others do. */
    private static final List<String> REPEATERS = List.of(
            "org.apache.camel.component.kafka.consumer.errorhandler",
            "org.apache.camel.component.kafka.consumer.support");

    private CommandLog() {}

    /** Levels are those of the system properties {@code notebook.log} and {@code notebook.log.libraries}. */
    static void start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level("notebook.log.libraries"));
        ConsoleAppender<ILoggingEvent> places = errorOutput(context, "%rEx{3}");
        places.start();
        root.addAppender(places);
        context.getLogger("io.camelnotebook").setLevel(level("notebook.log"));
        // Why, without where: they try again, and where in them it was thrown says nothing to a user.
        ConsoleAppender<ILoggingEvent> seldom = errorOutput(context, "%rEx{0}");
        seldom.addFilter(new OnceAMinute());
        seldom.start();
        for (String client : CLIENTS) {
            Logger logger = context.getLogger(client);
            logger.setAdditive(false);
            logger.addAppender(seldom);
        }
        REPEATERS.forEach(repeater -> context.getLogger(repeater).setLevel(Level.ERROR));
        // A killed watcher leaves Camel's mark beside a file; that the next one takes it away is no news.
        context.getLogger("org.apache.camel.component.file.strategy.MarkerFileExclusiveReadLockStrategy")
                .setLevel(Level.ERROR);
        // Why the engine cannot be started, the command says.
        context.getLogger("org.apache.camel.impl.engine.AbstractCamelContext").setLevel(Level.OFF);
    }

    private static Level level(String property) {
        return Level.toLevel(System.getProperty(property), Level.WARN);
    }

    /** @param exception how an exception is written, by logback's conversion words */
    private static ConsoleAppender<ILoggingEvent> errorOutput(LoggerContext context, String exception) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss} %-5level %msg%n" + exception);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder);
        return appender;
    }
}
