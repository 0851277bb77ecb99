package io.github.lateststate;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last accepted record of each partition, and which of them is the state: the newest by timestamp, ties by the greater
 * partition name. What came before in a partition does not matter, so the outcome is a function of the logs alone. Not safe
 * for use by several threads.
 *
 * @param <E> what is kept of a record
 */
final class Heads<E> {

    /** The last accepted record of one partition. */
    record Head<E>(String partition, Instant timestamp, E entry) {}

    private static final Comparator<Head<?>> AGE =
            Comparator.<Head<?>, Instant>comparing(Head::timestamp).thenComparing(Head::partition);

    private final Map<String, Head<E>> byPartition = new HashMap<>();

    /** Replaces the head of a partition, whatever the timestamps of the two say. */
    void put(String partition, Instant timestamp, E entry) {
        byPartition.put(partition, new Head<>(partition, timestamp, entry));
    }

    /** Forgets the head of a partition. */
    void retire(String partition) {
        byPartition.remove(partition);
    }

    Optional<E> newest() {
        return byPartition.values().stream().max(AGE).map(Head::entry);
    }
}
