package io.github.lateststate.kinesis;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Captures the subscriber's log, and keeps it off the console. Tests run in parallel: the last one restores the logger.
 */
final class LogCapture implements AutoCloseable {

    private static final Logger logger = (Logger) LoggerFactory.getLogger(KinesisSubscriber.class);
    private static int open; // guarded by the class

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LogCapture() {
        appender.start();
        logger.addAppender(appender);
        synchronized (LogCapture.class) {
            open++;
            logger.setAdditive(false);
            logger.setLevel(Level.INFO);
        }
    }

    List<String> messages(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        synchronized (LogCapture.class) {
            open--;
            if (open == 0) {
                logger.setAdditive(true);
                logger.setLevel(null);
            }
        }
    }
}
