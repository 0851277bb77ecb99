package io.github.lateststate;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.StateRecord;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a snapshot on a thread of its own, so the disk never delays the state. A record that is superseded
 * before its turn is skipped. A write that fails is tried again at each {@link #tryAgain}, unless a newer record takes
 * its place.
 */
final class SnapshotWriter {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_SECONDS = 5;
    private static final Duration CLOSE = Duration.ofMillis(400);

    private final SnapshotFile file;
    private final AtomicReference<StateRecord> next = new AtomicReference<>();
    private final ThreadPoolExecutor thread;
    private boolean failing;
    private volatile boolean threadless;
    private volatile boolean again;

    SnapshotWriter(SnapshotFile file, ThreadFactory threads) {
        this.file = file;
        this.thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        threads,
                        new ThreadPoolExecutor.DiscardPolicy()) {
                    @Override
                    protected void terminated() { // not before the last write has ended, however long the disk takes
                        file.close();
                    }
                };
        this.thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Schedules the record to be written soon. Only one thread at a time may call it. After {@link #close} it does
     * nothing.
     */
    void write(StateRecord record) {
        if (next.getAndSet(record) == null) {
            start();
        }
    }

    /** Tries again if no thread could be started or the last write failed. Call it now and then. */
    void tryAgain() {
        if (again) {
            start();
        }
    }

    private void start() {
        again = false;
        try {
            thread.execute(this::writeNext);
            threadless = false;
        } catch (Throwable e) { // no memory for a thread: the subscriber's must go on
            again = true;
            if (!threadless) {
                threadless = true;
                logger.warn(
                        "Cannot start a thread to write the snapshot {}, retrying: {}", file.path(), PlainText.of(e));
            }
        }
    }

    /**
     * Waits a moment for what is still to be written, also in an interrupted thread. Does not wait for a disk that
     * hangs.
     */
    void close() {
        tryAgain();
        thread.shutdown();
        Waits.uninterrupted(CLOSE, nanos -> thread.awaitTermination(nanos, TimeUnit.NANOSECONDS));
        if (!thread.isTerminated()) {
            logger.warn("The snapshot {} does not hold the last state yet: the disk is slow", file.path());
        }
    }

    private void writeNext() {
        StateRecord record = next.getAndSet(null);
        if (record == null) {
            return;
        }
        try {
            file.write(record);
            failing = false;
        } catch (SnapshotFile.TooLargeException e) {
            warn("Cannot save the state in the snapshot {}; the older one, if any, stays: {}", e);
        } catch (Exception | OutOfMemoryError e) { // a full disk must not take the state away
            again = next.compareAndSet(null, record);
            warn("Cannot write the snapshot {}, retrying; the older one, if any, stays: {}", e);
        }
    }

    private void warn(String message, Throwable cause) {
        if (!failing) {
            failing = true;
            logger.warn(message, file.path(), PlainText.of(cause));
        }
    }
}
