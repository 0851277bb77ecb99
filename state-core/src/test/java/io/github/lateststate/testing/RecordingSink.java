package io.github.lateststate.testing;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.UndecidedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records the calls of a subscriber, and every breach of a rule that one sink can detect: overlapping calls, a record
 * that is offered twice, an older record after a newer one was accepted, a second {@code caughtUp}, a call after the
 * end, a contact that hides an undecided record. Payloads are read as UTF-8. Safe for use by any number of threads,
 * because it must detect overlapping calls.
 */
public final class RecordingSink extends RecordedCalls implements StateSink {

    /** Stands for the payload of a tombstone. */
    public static final String TOMBSTONE = "(tombstone)";

    private final Predicate<String> acceptable;
    private volatile Predicate<String> undecidable = payload -> false;
    private volatile Predicate<String> wanted = payload -> true;
    private Runnable duringOffer = () -> {};
    private boolean undecided;

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
    public void watch(Subscription running) {
        rules.watch(running);
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
    public void closed() {
        rules.over("close had returned");
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
        rules.begin("offer of " + record);
        try {
            byte[] value = record.value();
            String payload = payloadOf(record);
            if (!wanted.test(payload)) {
                rules.breach("rule 2: " + record + " was offered though it is not wanted");
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
            rules.end();
        }
    }

    @Override
    public void rejected(StateRecord record, Throwable cause) {
        call("rejected " + record, () -> {
            rules.place(record);
            rejections.add(cause);
        });
    }

    @Override
    public void replaced() {
        call("replaced", rules::replaced);
    }

    @Override
    public void retire(String partition) {
        call("retire", () -> rules.retired(partition));
    }

    @Override
    public void caughtUp(long records) {
        call("caughtUp", () -> {
            if (lookedBackThrough != null) {
                rules.breach("caughtUp was called twice");
            }
            if (records < offered.size()) {
                rules.breach("caughtUp reported fewer records read than were offered: " + records);
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
                rules.breach("contact said that nothing is pending, though a record was left undecided");
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
            rules.over("failed");
        });
    }

    private synchronized void decided(boolean now) {
        undecided = !now;
    }

    private synchronized Runnable note(StateRecord record, String payload, boolean accept) {
        rules.place(record);
        offered.add(payload);
        if (accept) {
            accepted.add(payload);
            rules.accepted(record);
        }
        return duringOffer;
    }

    private void call(String name, Runnable noting) {
        rules.begin(name);
        try {
            synchronized (this) {
                noting.run();
            }
        } finally {
            rules.end();
        }
    }
}
