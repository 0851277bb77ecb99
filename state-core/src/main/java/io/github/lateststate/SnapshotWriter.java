package io.github.lateststate;

import io.github.lateststate.spi.PlainText;
import io.github.lateststate.spi.StateRecord;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a snapshot on a thread of its own, so that no disk delays the state. A record that is superseded before its
 * turn is skipped; the last one is always written.
 */
final class SnapshotWriter {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_MILLIS = 400;

    private final SnapshotFile file;
    private final AtomicReference<StateRecord> next = new AtomicReference<>();
    private final ThreadPoolExecutor thread;
    private boolean failing;
    private volatile boolean notStarted;

    SnapshotWriter(SnapshotFile file, ThreadFactory threads) {
        this.file = file;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        this.thread.allowCoreThreadTimeOut(true);
    }

    /** Has the record written soon. To be called by one thread at a time; after {@link #close} it does nothing. */
    void write(StateRecord record) {
        if (next.getAndSet(record) == null) {
            start();
        }
    }

    /** Tries again if no thread could be started; to be called now and then. */
    void tryAgain() {
        if (notStarted) {
            start();
        }
    }

    private void start() {
        try {
            thread.execute(this::writeNext);
            notStarted = false;
        } catch (Throwable e) { // no memory for a thread: the subscriber's must go on
            notStarted = true;
            log.warn(
                    "No thread can be started to write the snapshot {}, trying again: {}",
                    file.path(),
                    PlainText.of(e));
        }
    }

    /** Gives what is still to be written a moment; a disk that hangs is not waited for. */
    void close() {
        tryAgain();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                log.warn("The last state is not yet in the snapshot {}: the disk is slow", file.path());
                return; // the lock stays with the thread that writes
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    private void writeNext() {
        StateRecord record = next.getAndSet(null);
        if (record == null) {
            return;
        }
        try {
            file.write(record);
            failing = false;
        } catch (Exception e) { // a full disk is no reason to have no state
            if (!failing) {
                failing = true;
                log.warn(
                        "Cannot write the snapshot {}; the older one, if any, stays: {}", file.path(), PlainText.of(e));
            }
        }
    }
}
