package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a subscriber sees, decodes it, and keeps the state. What is found while looking back is published when the
 * look-back has ended, so that no reader sees an old head of one partition before the newer one of another.
 *
 * @param <T> the type of the value
 */
final class StateKeeper<T> implements StateSink {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);

    /** Times, and the numbers of requests and attempts, do not make it another cause. */
    private static final Pattern WORD_WITH_A_DIGIT = Pattern.compile("\\S*\\d\\S*");

    private static final Duration REJECTIONS_LOGGED_EVERY = Duration.ofSeconds(10);

    /** A decoded record; the value is null for a tombstone. The record is there only if somebody saves it. */
    private record Entry<T>(
            @Nullable T value, Origin origin, @Nullable StateRecord record) {}

    private final String stream;
    private final Decoder<T> decoder;
    private final @Nullable T initial;
    private final StatusBoard board;
    private final InstantSource clock;
    private final Consumer<Current<T>> readers;
    private final Heads<Entry<T>> heads = new Heads<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private Runnable onChange = () -> {};
    private @Nullable Consumer<StateRecord> saver;
    private boolean caughtUp;
    private @Nullable Entry<T> published;
    private Instant rejectionLogged = Instant.MIN;
    private Current<T> current;
    private volatile boolean closed;

    /**
     * Begins without a record.
     *
     * @param readers where readers see the state, which is {@link Current#beforeAnyRecord} until this is told of another
     */
    StateKeeper(
            String stream,
            Decoder<T> decoder,
            @Nullable T initial,
            StatusBoard board,
            InstantSource clock,
            Consumer<Current<T>> readers) {
        this.stream = stream;
        this.decoder = decoder;
        this.initial = initial;
        this.board = board;
        this.clock = clock;
        this.readers = readers;
        this.current = Current.beforeAnyRecord(initial);
    }

    /** Says what to do after each change; to be called before the keeper is handed out. */
    void onChange(Runnable action) {
        this.onChange = action;
    }

    /** Says where the records that become the state go; to be called before the keeper is handed out. */
    void saveTo(Consumer<StateRecord> destination) {
        this.saver = destination;
    }

    /** Serves a record of an earlier run until the broker has spoken; to be called before the keeper is handed out. */
    void restore(StateRecord record) {
        Origin origin = Origin.of(record);
        try {
            T value = decode(record, origin);
            change(current.restored(value == null ? initial : value, origin));
        } catch (Throwable e) { // saved by a version of the service whose values were others
            log.warn("The snapshot of '{}' is not used: {}", stream, new Rejection(origin, e));
            return;
        }
        board.restored();
        ready.countDown();
        log.info("Serving '{}' from its snapshot until the broker answers: {}", stream, origin);
    }

    /** Released when there is something to serve from: the look-back has ended, or a snapshot was read; or never will be. */
    CountDownLatch ready() {
        return ready;
    }

    /** Takes nothing more. */
    void close() {
        closed = true;
        ready.countDown();
    }

    @Override
    public synchronized boolean offer(StateRecord record) {
        if (closed) {
            return false;
        }
        Origin origin = Origin.of(record);
        T value;
        try {
            value = decode(record, origin);
        } catch (Throwable e) { // also a StackOverflowError: no payload may end the subscriber's thread
            reject(new Rejection(origin, e));
            return false;
        }
        board.accepted();
        heads.put(record.partition(), record.timestamp(), new Entry<>(value, origin, saver == null ? null : record));
        publish();
        return true;
    }

    @Override
    public synchronized void rejected(StateRecord record, Throwable cause) {
        if (!closed) {
            reject(new Rejection(Origin.of(record), cause));
        }
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
        board.caughtUp(recordsRead);
        ready.countDown();
        log.info(
                "Ready: '{}' {}",
                stream,
                current.origin().map(origin -> "has its state from " + origin).orElse("holds no state"));
    }

    @Override
    public void contact(Instant at, boolean newerPending) {
        boolean wasInterrupted = board.phase() == Phase.INTERRUPTED;
        board.contact(at, newerPending);
        if (wasInterrupted) {
            log.info("In contact with '{}' again", stream);
        }
    }

    @Override
    public void interrupted(Throwable cause) {
        Status before = board.status("");
        board.interrupted(cause);
        boolean told = before.phase() == Phase.INTERRUPTED
                && before.lastError()
                        .filter(last -> withoutNumbers(last).equals(withoutNumbers(cause)))
                        .isPresent();
        if (!told) {
            log.warn("No contact with '{}', retrying; the last known state stays: {}", stream, cause.toString());
        }
    }

    private static String withoutNumbers(Throwable cause) {
        return WORD_WITH_A_DIGIT.matcher(cause.toString()).replaceAll("");
    }

    @Override
    public void failed(Throwable cause) {
        board.failed(cause);
        ready.countDown();
        log.error("Gave up following '{}'; the last known state stays", stream, cause);
    }

    @SuppressWarnings("ReferenceEquality") // each entry stands for one record; two records may hold equal values
    private void publish() {
        Entry<T> newest = heads.newest().orElse(null);
        if (closed || !caughtUp || newest == null || newest == published) {
            return;
        }
        published = newest;
        change(current.next(newest.value() == null ? initial : newest.value(), newest.origin()));
        board.published();
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
        board.rejected(rejection);
        Instant now = clock.instant();
        if (rejectionLogged.isBefore(now.minus(REJECTIONS_LOGGED_EVERY))) {
            rejectionLogged = now;
            log.warn(
                    "Rejected {}; the last good state of '{}' stays ({} rejected so far)",
                    rejection,
                    stream,
                    board.status("").rejected());
        }
    }
}
