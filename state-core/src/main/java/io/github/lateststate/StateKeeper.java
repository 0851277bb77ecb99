package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.UndecidedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what a subscriber reads, decodes it, and keeps the state. Records of the look-back are published when it has
 * ended. Otherwise a reader could see an old head of one partition before the newer head of another.
 *
 * @param <T> the type of the value
 */
final class StateKeeper<T> implements StateSink {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    private static final long REJECTIONS_LOGGED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A chain of causes may be a circle. */
    private static final int MOST_CAUSES = 20;

    /** A decoded record. The value is null for a tombstone. The record is kept only for a snapshot. */
    private record Entry<T>(
            @Nullable T value, Origin origin, @Nullable StateRecord record) {}

    private final String stream;
    private final Decoder<T> decoder;
    private final @Nullable T initial;
    private final StatusTracker tracker;
    private final TimeSource time;
    private final Consumer<Current<T>> readers;
    private final Heads<Entry<T>> heads = new Heads<>();
    private Runnable onChange = () -> {};
    private Runnable onReady = () -> {};
    private Runnable onBroken = () -> {};
    private Predicate<? super Origin> only = origin -> true;
    private @Nullable Consumer<StateRecord> saver;
    private boolean caughtUp;
    private @Nullable Entry<T> published;
    private long rejectionLogged;
    private Current<T> current;
    private volatile boolean closed;

    /**
     * Starts without a record.
     *
     * @param readers where readers see the state; it is {@link Current#beforeAnyRecord} until this keeper sets another
     */
    StateKeeper(
            String stream,
            Decoder<T> decoder,
            @Nullable T initial,
            StatusTracker tracker,
            TimeSource time,
            Consumer<Current<T>> readers) {
        this.stream = stream;
        this.decoder = decoder;
        this.initial = initial;
        this.tracker = tracker;
        this.time = time;
        this.rejectionLogged = time.nanoTime() - REJECTIONS_LOGGED_EVERY_NANOS - 1;
        this.readers = readers;
        this.current = Current.beforeAnyRecord(initial);
    }

    /** Sets what to do after each change. Call it before you hand out the keeper. */
    void onChange(Runnable action) {
        this.onChange = action;
    }

    /**
     * Sets what to do when there is something to serve from, because the look-back has ended or a snapshot was read,
     * and when there never will be. Call it before you hand out the keeper.
     */
    void onReady(Runnable action) {
        this.onReady = action;
    }

    /** Sets how to end the subscription if the decoder is broken. Call it before you hand out the keeper. */
    void onBroken(Runnable action) {
        this.onBroken = action;
    }

    /** Sets which records count. Call it before you hand out the keeper. */
    void only(Predicate<? super Origin> filter) {
        this.only = filter;
    }

    /** Sets where the records that become the state go. Call it before you hand out the keeper. */
    void saveTo(Consumer<StateRecord> destination) {
        this.saver = destination;
    }

    /** Serves a record of an earlier run until the broker answers. Call it before you hand out the keeper. */
    void restore(StateRecord record) {
        Origin origin = Origin.of(record);
        try {
            if (!only.test(origin)) {
                logger.warn(
                        "The snapshot of '{}' is not used: it is a record that is passed over now, at {}",
                        stream,
                        origin);
                return;
            }
            T value = decode(record, origin);
            change(current.next(value == null ? initial : value, origin, Source.SNAPSHOT));
        } catch (Throwable e) { // a version of the service with other values saved it
            logger.warn("The snapshot of '{}' is not used: {}", stream, new Rejection(origin, e));
            return;
        }
        tracker.restored();
        onReady.run();
        logger.info("Serving '{}' from its snapshot until the broker answers: {}", stream, origin);
    }

    /** Accepts nothing more. */
    void close() {
        closed = true;
        onReady.run();
    }

    /** If a filter fails, the record is still wanted: the offer then rejects it and reports why. */
    @Override
    public boolean wants(StateRecord record) {
        boolean wanted;
        try {
            wanted = only.test(Origin.of(record));
        } catch (Throwable e) {
            return true;
        }
        if (!wanted) {
            tracker.passedOver();
        }
        return wanted;
    }

    @Override
    public synchronized boolean offer(StateRecord record) {
        if (closed) {
            return false;
        }
        Origin origin = Origin.of(record);
        T value;
        tracker.decoding(origin);
        try {
            if (!only.test(origin)) { // the subscriber did not ask wants() before
                tracker.passedOver();
                return false;
            }
            value = decode(record, origin);
        } catch (Throwable e) { // also a StackOverflowError: no payload may end the subscriber's thread
            throwIfUndecided(e, origin);
            failIfBroken(e);
            reject(new Rejection(origin, e));
            return false;
        } finally {
            tracker.decoded();
            tracker.notifyListeners();
        }
        tracker.accepted();
        heads.put(record.partition(), record.timestamp(), new Entry<>(value, origin, saver == null ? null : record));
        publish();
        return true;
    }

    @Override
    public synchronized void rejected(StateRecord record, Throwable cause) {
        if (!closed) {
            reject(new Rejection(Origin.of(record), cause));
            tracker.notifyListeners();
        }
    }

    @Override
    public synchronized void replaced() {
        heads.replaced();
    }

    @Override
    public synchronized void retire(String partition) {
        heads.retire(partition);
        publish();
    }

    @Override
    public synchronized void caughtUp(long recordsRead) {
        caughtUp = true;
        publish();
        tracker.caughtUp(recordsRead, current);
        onReady.run();
        tracker.notifyListeners();
    }

    @Override
    public void contact(Duration age, boolean newerPending) {
        tracker.contact(age, newerPending);
        tracker.notifyListeners();
    }

    @Override
    public void interrupted(Throwable cause) {
        tracker.interrupted(cause);
        tracker.notifyListeners();
    }

    @Override
    public void failed(Throwable cause) {
        tracker.failed(cause);
        tracker.notifyListeners();
        onReady.run();
        logger.error("Gave up following '{}'; the last known state stays: {}", stream, PlainText.of(cause));
        logger.debug("Gave up following '{}'", stream, PlainText.trace(cause));
    }

    /** A parser that calls the decoder's code may have wrapped the exception. */
    private static <E extends Throwable> @Nullable E inCauses(Throwable thrown, Class<E> type) {
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    private void throwIfUndecided(Throwable thrown, Origin origin) {
        DecodeLaterException later = inCauses(thrown, DecodeLaterException.class);
        if (later != null) {
            throw new UndecidedException(
                    "The decoder cannot decode the record at " + origin + " of '" + stream + "' now, and tries again: "
                            + PlainText.of(later),
                    later);
        }
    }

    /** A missing class is not the fault of the record: no other record could be decoded either. */
    private void failIfBroken(Throwable thrown) {
        LinkageError lacking = inCauses(thrown, LinkageError.class);
        if (lacking != null) {
            tracker.failed(brokenDecoder(lacking));
            close();
            onBroken.run();
            logger.error(
                    "The decoder of '{}' lacks a class; the last known state stays. Fix the class path.",
                    stream,
                    PlainText.trace(thrown));
            throw new StoppedException();
        }
    }

    private static IllegalStateException brokenDecoder(LinkageError e) {
        return new IllegalStateException(
                "The decoder lacks a class, so no record can be decoded: " + PlainText.of(e)
                        + ". Add the class, or fix the versions on the class path, and open the state again.",
                e);
    }

    @SuppressWarnings("ReferenceEquality") // each entry stands for one record; two records may hold equal values
    private void publish() {
        Entry<T> newest = heads.newest().orElse(null);
        if (closed || !caughtUp || newest == null || newest == published) {
            return;
        }
        published = newest;
        T value = newest.value();
        Source source = value == null ? Source.TOMBSTONE : Source.RECORD;
        change(current.next(value == null ? initial : value, newest.origin(), source));
        tracker.published();
        onChange.run();
        if (saver != null && newest.record() != null) {
            saver.accept(newest.record());
        }
    }

    private void change(Current<T> next) {
        current = next;
        readers.accept(next);
    }

    /** The value, null for a tombstone. */
    private @Nullable T decode(StateRecord record, Origin origin) throws Exception {
        byte[] payload = record.value();
        if (payload == null) {
            return null;
        }
        T value = decoder.decode(payload, origin);
        if (value == null) {
            throw new IllegalStateException("the decoder returned null");
        }
        return value;
    }

    private void reject(Rejection rejection) {
        long rejected = tracker.rejected(rejection);
        long now = time.nanoTime();
        if (now - rejectionLogged > REJECTIONS_LOGGED_EVERY_NANOS) {
            rejectionLogged = now;
            logger.warn(
                    "Rejected {}; the last good state of '{}' stays ({} rejected so far)", rejection, stream, rejected);
        }
    }
}
