package io.github.lateststate.testing;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.Subscription;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The rules about the calls of a sink, whatever it does with them: they do not overlap, none comes after the end, and
 * records come in order. Keeps the breaches. Safe for use by several threads.
 */
final class SinkRules {

    private final AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
    private final List<String> breaches = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final Set<String> placesOffered = new HashSet<>();
    private final Map<String, BigInteger> heads = new HashMap<>();
    private @Nullable Subscription subscription;

    /** Asks a subscription for its progress during every call from now on. */
    synchronized void watch(Subscription running) {
        subscription = running;
    }

    synchronized void breach(String what) {
        breaches.add(what);
    }

    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Treats every call that begins from now on as a breach. */
    synchronized void over(String end) {
        ends.add(end);
    }

    void begin(String call) {
        Thread other = caller.getAndSet(Thread.currentThread());
        Subscription watched;
        synchronized (this) {
            watched = subscription;
            if (other != null) {
                breaches.add(call + " began during a call by " + other.getName());
            }
            ends.forEach(end -> breaches.add(call + " began after " + end));
        }
        if (watched != null && watched.progress().isBlank()) {
            breach("no progress was reported during " + call);
        }
    }

    void end() {
        caller.set(null);
    }

    /** Checks the position of an offered or rejected record. */
    synchronized void place(StateRecord record) {
        BigInteger position = positionOf(record);
        BigInteger head = heads.get(record.partition());
        if (!placesOffered.add(record.partition() + "/" + position)) {
            breaches.add("offered twice: " + record);
        }
        if (head != null && position.compareTo(head) < 0) {
            breaches.add("offered after a newer one had been accepted: " + record);
        }
    }

    synchronized void accepted(StateRecord record) {
        heads.put(record.partition(), positionOf(record));
    }

    synchronized void retired(String partition) {
        heads.remove(partition);
    }

    /** The records of a new log are other records, whatever their positions. */
    synchronized void replaced() {
        heads.clear();
        placesOffered.clear();
    }

    /** The position of a record within an aggregate ends with a colon and its place in the aggregate. */
    private static BigInteger positionOf(StateRecord record) {
        String[] parts = record.position().split(":", 2);
        BigInteger within = parts.length == 1 ? BigInteger.ZERO : new BigInteger(parts[1]);
        return new BigInteger(parts[0]).shiftLeft(Integer.SIZE).add(within);
    }
}
