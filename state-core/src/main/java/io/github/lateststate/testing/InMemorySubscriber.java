package io.github.lateststate.testing;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory that holds one stream, for your own unit tests.
 *
 * <pre>{@code
 * InMemorySubscriber broker = new InMemorySubscriber();
 * try (LatestState<Model> model = LatestState.builder(decoder).subscriber(broker).stream("models").open()) {
 *     broker.push("{\"version\": 7}");
 *     assertEquals(7, model.get().version());
 * }
 * }</pre>
 *
 * <p>Everything happens on the calling thread. When {@code push} returns, the state has changed. When {@code open()}
 * returns, the look-back has ended. Only listeners are called on threads of their own, as always. The name of the
 * stream does not matter, and any number of states may follow it. Safe for use by several threads. Do not use it in
 * production: it keeps every record.
 */
public final class InMemorySubscriber implements LatestStateSubscriber {

    private static final byte[] MALFORMED = {'{', (byte) 0xC3, (byte) 0x28};

    private final Map<String, List<StateRecord>> log = new TreeMap<>();
    private final Map<StateRecord, Throwable> unreadable = new HashMap<>();
    private final List<InMemorySubscription> subscriptions = new ArrayList<>();
    private volatile @Nullable Throwable outage;

    /** Makes a broker whose stream is empty. */
    public InMemorySubscriber() {}

    /**
     * Describes a record. {@link InMemoryRecord#push()} appends it.
     *
     * @param payload the payload, as UTF-8
     * @return the record, without key and headers, for partition 0
     */
    public InMemoryRecord record(String payload) {
        return record(InMemoryRecord.bytes(payload));
    }

    /**
     * Describes a record. {@link InMemoryRecord#push()} appends it.
     *
     * @param payload the payload; not copied
     * @return the record, without key and headers, for partition 0
     */
    public InMemoryRecord record(byte[] payload) {
        return new InMemoryRecord(this, Objects.requireNonNull(payload, "payload"));
    }

    /**
     * Describes a tombstone. {@link InMemoryRecord#push()} appends it.
     *
     * @return the tombstone, without key and headers, for partition 0
     */
    public InMemoryRecord tombstone() {
        return new InMemoryRecord(this, null);
    }

    /**
     * Appends a record to partition 0, with the present time.
     *
     * @param payload the payload, as UTF-8
     */
    public void push(String payload) {
        record(payload).push();
    }

    /**
     * Appends a record to partition 0, with the present time.
     *
     * @param payload the payload
     */
    public void push(byte[] payload) {
        record(payload).push();
    }

    /**
     * Appends a record with a key to partition 0, with the present time.
     *
     * @param key the key, as UTF-8
     * @param payload the payload, as UTF-8; null for a tombstone
     */
    public void push(String key, @Nullable String payload) {
        push(key, payload, Map.of());
    }

    /**
     * Appends a record with a key and headers to partition 0, with the present time.
     *
     * @param key the key, as UTF-8
     * @param payload the payload, as UTF-8; null for a tombstone
     * @param headers a value for each name, as UTF-8
     */
    public void push(String key, @Nullable String payload, Map<String, String> headers) {
        InMemoryRecord record = payload == null ? tombstone() : record(payload);
        headers.forEach(record.key(key)::header);
        record.push();
    }

    /** Appends a tombstone: there is no state. */
    public void pushTombstone() {
        tombstone().push();
    }

    /** Appends a record that is neither JSON nor UTF-8. A decoder that accepts any bytes accepts it, too. */
    public void pushMalformed() {
        record(MALFORMED.clone()).push();
    }

    /**
     * Appends a record that never reaches a decoder, because its format is damaged. It is always rejected.
     *
     * @param cause what {@code status().lastRejection()} will report
     */
    public synchronized void pushUnreadable(Throwable cause) {
        StateRecord record = next(record(MALFORMED.clone()));
        unreadable.put(record, cause);
        push(record);
    }

    /**
     * Appends a record unchanged, for tests of subscribers. In other tests use {@link #record(String)}.
     *
     * @param record the record; its position is not checked
     */
    public synchronized void push(StateRecord record) {
        log.computeIfAbsent(record.partition(), partition -> new ArrayList<>()).add(record);
        if (outage == null) {
            List.copyOf(subscriptions).forEach(InMemorySubscription::catchUp);
        }
    }

    /**
     * Begins an outage. Records that you push meanwhile are found when it ends.
     *
     * @param cause what {@code status().lastError()} will report
     */
    public synchronized void interrupt(Throwable cause) {
        outage = cause;
        List.copyOf(subscriptions).forEach(subscription -> subscription.interrupted(cause));
    }

    /** Ends the outage. */
    public synchronized void restore() {
        outage = null;
        List.copyOf(subscriptions).forEach(InMemorySubscription::catchUp);
    }

    /**
     * Ends every subscription with a failure that no retry can fix.
     *
     * @param cause what {@code status().lastError()} will report
     */
    public synchronized void fail(Throwable cause) {
        List<InMemorySubscription> failing = List.copyOf(subscriptions);
        subscriptions.clear();
        failing.forEach(subscription -> subscription.failed(cause));
    }

    /** The name, {@code in-memory}. */
    @Override
    public String name() {
        return "in-memory";
    }

    /** Returns empty: an environment names no stream in memory. */
    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return Optional.empty();
    }

    /** Returns nothing: a stream in memory needs no settings. */
    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return Map.of();
    }

    /** Looks back at once, on this thread. */
    @Override
    public synchronized Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        settings.requireKnown(Set.of());
        InMemorySubscription subscription = new InMemorySubscription(this, settings.newGroup(), sink);
        subscriptions.add(subscription);
        subscription.stayInContact();
        if (outage == null) {
            subscription.catchUp();
        } else {
            sink.interrupted(outage);
        }
        return subscription;
    }

    synchronized void push(InMemoryRecord record) {
        push(next(record));
    }

    private StateRecord next(InMemoryRecord record) {
        return record.at(log.getOrDefault(record.partition(), List.of()).size());
    }

    /** The records of each partition. Guarded by this. */
    Map<String, List<StateRecord>> log() {
        return log;
    }

    /** Why a record cannot be read; null if it can. */
    @Nullable
    Throwable damageOf(StateRecord record) {
        return unreadable.get(record);
    }

    boolean isAway() {
        return outage != null;
    }

    void forget(InMemorySubscription closed) {
        subscriptions.remove(closed);
    }
}
