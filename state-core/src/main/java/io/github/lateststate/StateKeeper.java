package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what a subscriber reads, and keeps the state. Records of the look-back are published when it has
 * ended. Otherwise a reader could see an old head of one partition before the newer head of another.
 *
 * @param <T> the type of the value
 */
final class StateKeeper<T> implements StateSink {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    /** The state that is kept. Its methods are called by one thread at a time. They must not block. */
    interface Owner<T> {

        /** What readers see. */
        Current<T> current();

        /** Shows this to readers from now on. Only this keeper changes what readers see. */
        void serve(Current<T> next);

        /** A record became the state, and readers see it. */
        void changed();

        /** Whether {@link #save} needs the records. They are not kept in memory otherwise. */
        boolean savesRecords();

        /** Takes the record that became the state. */
        void save(StateRecord record);

        /**
         * There is something to serve from, because the look-back has ended or a snapshot was read, or there never will
         * be.
         */
        void decided();

        /** The decoder cannot decode anything: the subscription must end. */
        void broken();
    }

    /** A decoded record. The value is null for a tombstone. The record is kept only for a snapshot. */
    private record Entry<T>(
            @Nullable T value, Origin origin, @Nullable StateRecord record) {}

    private final String stream;
    private final RecordDecoder<T> decoder;
    private final @Nullable T initial;
    private final StatusTracker tracker;
    private final RejectionLog rejections;
    private final Owner<T> owner;
    private final Heads<Entry<T>> heads = new Heads<>();
    private boolean caughtUp;
    private @Nullable Entry<T> published;
    private volatile boolean closed;

    /** Starts without a record. */
    StateKeeper(
            String stream,
            RecordDecoder<T> decoder,
            @Nullable T initial,
            StatusTracker tracker,
            RejectionLog rejections,
            Owner<T> owner) {
        this.stream = stream;
        this.decoder = decoder;
        this.initial = initial;
        this.tracker = tracker;
        this.rejections = rejections;
        this.owner = owner;
    }

    /** Serves a record of an earlier run until the broker answers. Call it before you hand out the keeper. */
    void restore(StateRecord record) {
        Origin origin = Origin.of(record);
        try {
            if (!decoder.wants(origin)) {
                logger.warn(
                        "The snapshot of '{}' is not used: the filter set with key or only passes over its record at {}",
                        stream,
                        origin);
                return;
            }
            T value = decoder.decode(record, origin);
            owner.serve(owner.current().next(value == null ? initial : value, origin, Source.SNAPSHOT));
        } catch (Throwable e) { // a version of the service with other values saved it
            logger.warn("The snapshot of '{}' is not used: {}", stream, new Rejection(origin, e));
            return;
        }
        tracker.restored();
        owner.decided();
        logger.info("Serving '{}' from its snapshot until the broker answers: {}", stream, origin);
    }

    /** Accepts nothing more. */
    void close() {
        closed = true;
        owner.decided();
    }

    /** If a filter fails, the record is still wanted: the offer then rejects it and reports why. */
    @Override
    public boolean wants(StateRecord record) {
        boolean wanted;
        try {
            wanted = decoder.wants(Origin.of(record));
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
            if (!decoder.wants(origin)) { // the subscriber did not ask wants() before
                tracker.passedOver();
                return false;
            }
            value = decoder.decode(record, origin);
        } catch (Throwable e) { // also a StackOverflowError: no payload may end the subscriber's thread
            decoder.throwIfUndecided(e, origin);
            failIfBroken(e);
            reject(new Rejection(origin, e));
            return false;
        } finally {
            tracker.decoded();
            tracker.notifyListeners();
        }
        tracker.accepted();
        heads.put(
                record.partition(),
                record.timestamp(),
                new Entry<>(value, origin, owner.savesRecords() ? record : null));
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
        tracker.caughtUp(recordsRead, owner.current());
        owner.decided();
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
        owner.decided();
        logger.error(
                "Gave up following '{}'; the state stays as it is. Fix the cause and open the state again: {}",
                stream,
                PlainText.of(cause));
        logger.debug("Gave up following '{}'", stream, PlainText.trace(cause));
    }

    /** A missing class is not the fault of the record: no other record could be decoded either. */
    private void failIfBroken(Throwable thrown) {
        IllegalStateException broken = RecordDecoder.whyBroken(thrown);
        if (broken != null) {
            tracker.failed(broken);
            close();
            owner.broken();
            logger.error(
                    "The decoder of '{}' lacks a class; the state stays as it is. Fix the class path and open"
                            + " the state again.",
                    stream,
                    PlainText.trace(thrown));
            throw new StoppedException();
        }
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
        owner.serve(owner.current().next(value == null ? initial : value, newest.origin(), source));
        tracker.published();
        owner.changed();
        if (newest.record() != null) {
            owner.save(newest.record());
        }
    }

    private void reject(Rejection rejection) {
        rejections.rejected(rejection, tracker.rejected(rejection));
    }
}
