package io.github.lateststate;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when one state becomes ready, when an interruption begins, each {@link ErrorKind} once, and when it ends.
 *
 * <p>The first line names what is followed. Nothing is written before {@link #begin}, though a subscriber may be ready
 * before it has returned its subscription. Lines are collected under the lock of the status and written outside of it,
 * so a slow appender does not block threads that read the status. Thread-safe.
 */
final class PhaseLog {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    private final String stream;
    private List<Runnable> lines = new ArrayList<>();
    private String logged = "";
    private boolean begun;

    PhaseLog(String stream) {
        this.stream = stream;
    }

    void begin(String subscriber, String group) {
        logger.info("Following {} '{}' as {}", subscriber, stream, group);
        synchronized (this) {
            begun = true;
        }
        write();
    }

    synchronized void ready(Current<?> current) {
        lines.add(() -> logger.info(
                "Ready: '{}' {}",
                stream,
                current.origin().map(origin -> "has its state from " + origin).orElse("holds no state")));
    }

    /** Also takes the {@link ErrorKind} of the cause. */
    synchronized void interrupted(Throwable cause, String kind) {
        if (!kind.equals(logged)) {
            logged = kind;
            String text = PlainText.of(cause);
            lines.add(() -> logger.warn("No contact with '{}', retrying; the state stays as it is: {}", stream, text));
        }
    }

    synchronized void back() {
        logged = "";
        lines.add(() -> logger.info("In contact with '{}' again", stream));
    }

    /** Writes the collected lines. */
    void write() {
        List<Runnable> written;
        synchronized (this) {
            if (!begun || lines.isEmpty()) {
                return;
            }
            written = lines;
            lines = new ArrayList<>();
        }
        written.forEach(Runnable::run);
    }
}
