package dev.sluice.connector.file;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Collects what a class logs. */
final class LoggedEvents implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    LoggedEvents(Class<?> source) {
        logger = (Logger) LoggerFactory.getLogger(source);
        events.start();
        logger.addAppender(events);
    }

    List<String> at(Level level) {
        return List.copyOf(events.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(events);
    }
}
