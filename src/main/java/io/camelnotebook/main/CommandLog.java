package io.camelnotebook.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.LoggerFactory;

/**
 * The log of the commands, for people at a terminal: what they should know, on the error output. It is set up here, as
 * to read an XML file takes a twentieth of the time of a short notebook, and only here, since an application with our
 * component has a log of its own.
 */
final class CommandLog {

    /** What it has to tell when a broker goes away says nothing to a user that its line does not. */
    private static final String JMS_LISTENER = "org.apache.camel.component.jms.DefaultJmsMessageListenerContainer";

    private CommandLog() {}

    /** Levels are those of the system properties {@code notebook.log} and {@code notebook.log.libraries}. */
    static void start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level("notebook.log.libraries"));
        root.addAppender(errorOutput(context, "%rEx{3}"));
        context.getLogger("io.camelnotebook").setLevel(level("notebook.log"));
        Logger jms = context.getLogger(JMS_LISTENER);
        jms.setAdditive(false);
        jms.addAppender(errorOutput(context, "%nopex"));
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
        appender.start();
        return appender;
    }
}
