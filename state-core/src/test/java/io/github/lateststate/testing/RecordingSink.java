package io.github.lateststate.testing;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.UndecidedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of a subscriber, and every breach of a rule that one sink can detect: overlapping calls, a record
 * that is offered twice, an older record after a newer one was accepted, a second {@code caughtUp}, a call after the
 * end, a contact that hides an undecided record. Payloads are read as UTF-8. Safe for use by any number of threads,
 * because it must detect overlapping calls.
 */
public final class RecordingSink implements StateSink {

    /** Stands for the payload of a tombstone. */
    public static final String TOMBSTONE = "(tombstone)";

    private final Predicate<String> acceptable;
    private volatile Predicate<String> undecidable = payload -> false;
    private volatile Predicate<String> wanted = payload -> true;
    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private final List<String> breaches = new ArrayList<>();
    private final List<String> offered = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final List<Throwable> rejections = new ArrayList<>();
    private final List<Throwable> interruptions = new ArrayList<>();
    private final Set<String> placesOffered = new HashSet<>();
    private final Map<String, BigInteger> heads = new HashMap<>();
    private @Nullable List<String> lookedBackThrough;
    private long recordsRead;
    private @Nullable Throwable failure;
    private @Nullable Subscription subscription;
    private Runnable duringOffer = () -> {};
    private boolean inContact;
    private boolean undecided;
    private boolean closed;

    /**
     * Makes a sink.
     *
     * @param acceptable which payloads to accept; tombstones are always accepted
     */
    public RecordingSink(Predicate<String> acceptable) {
        this.acceptable = acceptable;
    }

    /**
     * Asks a subscription for its progress during every call from now on.
     *
     * @param running the subscription that fills this sink
     */
    public synchronized void watch(Subscription running) {
        subscription = running;
    }

    /**
     * Runs an action within the next offers.
     *
     * @param action what to do, on the subscriber's thread
     */
    public synchronized void duringOffer(Runnable action) {
        duringOffer = action;
    }

    /**
     * Leaves records undecided from now on, like a decoder that cannot decode now.
     *
     * @param payloads which payloads
     */
    public void leaveUndecided(Predicate<String> payloads) {
        undecidable = payloads;
    }

    /** Treats every call that begins from now on as a breach. */
    public synchronized void closed() {
        closed = true;
    }

    /**
     * All payloads offered.
     *
     * @return in the order of the offers
     */
    public synchronized List<String> offered() {
        return List.copyOf(offered);
    }

    /**
     * The payloads that were accepted.
     *
     * @return in the order of the offers
     */
    public synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    /**
     * The causes of all calls to {@code rejected}.
     *
     * @return in the order of the calls
     */
    public synchronized List<Throwable> rejections() {
        return List.copyOf(rejections);
    }

    /**
     * The payloads that were offered before {@code caughtUp}.
     *
     * @return in the order of the offers; empty before {@code caughtUp}
     */
    public synchronized Optional<List<String>> lookedBackThrough() {
        return Optional.ofNullable(lookedBackThrough);
    }

    /**
     * How many records the look-back has read, as it reported.
     *
     * @return 0 before {@code caughtUp}
     */
    public synchronized long recordsRead() {
        return recordsRead;
    }

    /**
     * Whether {@code caughtUp} was called.
     *
     * @return whether it was
     */
    public boolean isCaughtUp() {
        return lookedBackThrough().isPresent();
    }

    /**
     * Whether the last news of the connection was {@code contact}.
     *
     * @return whether it was
     */
    public synchronized boolean isInContact() {
        return inContact;
    }

    /**
     * The causes of all calls to {@code interrupted}.
     *
     * @return in the order of the calls
     */
    public synchronized List<Throwable> interruptions() {
        return List.copyOf(interruptions);
    }

    /**
     * The cause of {@code failed}.
     *
     * @return empty if it was not called
     */
    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The rules that were broken.
     *
     * @return one line for each breach
     */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /**
     * Sets which records this sink wants. Call it before the subscription begins.
     *
     * @param payloads which payloads it wants; a tombstone's is {@link #TOMBSTONE}
     */
    public void only(Predicate<String> payloads) {
        wanted = payloads;
    }

    @Override
    public boolean wants(StateRecord record) {
        return wanted.test(payloadOf(record));
    }

    private static String payloadOf(StateRecord record) {
        byte[] value = record.value();
        return value == null ? TOMBSTONE : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean offer(StateRecord record) {
        begin("offer of " + record);
        try {
            byte[] value = record.value();
            String payload = payloadOf(record);
            if (!wanted.test(payload)) {
                breaches.add("rule 2: " + record + " was offered though it is not wanted");
            }
            if (value != null && undecidable.test(payload)) {
                decided(false);
                throw new UndecidedException("not now: " + payload, new IllegalStateException("no answer"));
            }
            decided(true);
            boolean accept = value == null || acceptable.test(payload);
            Runnable action = note(record, payload, accept);
            action.run();
            return accept;
        } finally {
            end();
        }
    }

    @Override
    public void rejected(StateRecord record, Throwable cause) {
        call("rejected " + record, () -> {
            notePlace(record);
            rejections.add(cause);
        });
    }

    @Override
    public void replaced() {
        call("replaced", () -> {
            heads.clear();
            placesOffered.clear(); // the records of the new log are other records, whatever their positions
        });
    }

    @Override
    public void retire(String partition) {
        call("retire", () -> heads.remove(partition));
    }

    @Override
    public void caughtUp(long records) {
        call("caughtUp", () -> {
            if (lookedBackThrough != null) {
                breaches.add("caughtUp was called twice");
            }
            if (records < offered.size()) {
                breaches.add("caughtUp told of fewer records read than were offered: " + records);
            }
            recordsRead = records;
            lookedBackThrough = List.copyOf(offered);
        });
    }

    @Override
    public void contact(Duration age, boolean newerPending) {
        call("contact", () -> {
            inContact = true;
            if (undecided && !newerPending) {
                breaches.add("contact said that nothing is pending, though a record was left undecided");
            }
        });
    }

    @Override
    public void interrupted(Throwable cause) {
        call("interrupted", () -> {
            inContact = false;
            interruptions.add(cause);
        });
    }

    @Override
    public void failed(Throwable cause) {
        call("failed", () -> {
            inContact = false;
            failure = cause;
        });
    }

    private synchronized void decided(boolean now) {
        undecided = !now;
    }

    private synchronized Runnable note(StateRecord record, String payload, boolean accept) {
        BigInteger position = notePlace(record);
        offered.add(payload);
        if (accept) {
            accepted.add(payload);
            heads.put(record.partition(), position);
        }
        return duringOffer;
    }

    private synchronized BigInteger notePlace(StateRecord record) {
        BigInteger position = place(record.position());
        BigInteger head = heads.get(record.partition());
        if (!placesOffered.add(record.partition() + "/" + position)) {
            breaches.add("offered twice: " + record);
        }
        if (head != null && position.compareTo(head) < 0) {
            breaches.add("offered after a newer one had been accepted: " + record);
        }
        return position;
    }

    /** The position of a record within an aggregate ends with a colon and its place in the aggregate. */
    private static BigInteger place(String position) {
        String[] parts = position.split(":", 2);
        BigInteger within = parts.length == 1 ? BigInteger.ZERO : new BigInteger(parts[1]);
        return new BigInteger(parts[0]).shiftLeft(Integer.SIZE).add(within);
    }

    private void call(String name, Runnable noting) {
        begin(name);
        try {
            synchronized (this) {
                noting.run();
            }
        } finally {
            end();
        }
    }

    private void begin(String call) {
        Thread other = caller.getAndSet(Thread.currentThread());
        Subscription watched;
        synchronized (this) {
            watched = subscription;
            if (other != null) {
                breaches.add(call + " began during a call by " + other.getName());
            }
            if (closed) {
                breaches.add(call + " began after close had returned");
            }
            if (failure != null) {
                breaches.add(call + " began after failed");
            }
        }
        if (watched != null && watched.progress().isBlank()) {
            synchronized (this) {
                breaches.add("no progress was reported during " + call);
            }
        }
    }

    private void end() {
        caller.set(null);
    }
}
