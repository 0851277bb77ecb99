package io.github.lateststate;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs rejected records, one every 10 s at most. Not thread-safe. */
final class RejectionLog {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String stream;
    private final TimeSource time;
    private long last;

    RejectionLog(String stream, TimeSource time) {
        this.stream = stream;
        this.time = time;
        this.last = time.nanoTime() - EVERY_NANOS - 1;
    }

    /** Logs a rejection, unless one was logged a moment ago. */
    void rejected(Rejection rejection, long soFar) {
        long now = time.nanoTime();
        if (now - last > EVERY_NANOS) {
            last = now;
            logger.warn(
                    "Rejected {}; the last good state of '{}' stays ({} rejected so far)", rejection, stream, soFar);
        }
    }
}
