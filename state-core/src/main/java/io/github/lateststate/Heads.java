package io.github.lateststate;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The head of each partition, and which head is the state. The newest head wins: by timestamp, and for equal timestamps
 * by the greater partition name. A head without a timestamp is older than all others. Earlier records of a partition do
 * not matter, so the outcome is a function of the logs alone. Not safe for use by several threads.
 *
 * @param <E> what is kept of a record
 */
final class Heads<E> {

    /** The last accepted record of one partition. */
    private record Head<E>(String partition, @Nullable Instant timestamp, E entry) {

        private Instant age() {
            return timestamp == null ? Instant.MIN : timestamp;
        }
    }

    private final Map<String, Head<E>> byPartition = new HashMap<>();
    private Set<String> ofReplacedLog = Set.of();

    /** Each partition has one head here, so no two heads compare as equal. */
    private final TreeSet<Head<E>> byAge =
            new TreeSet<>(Comparator.<Head<E>, Instant>comparing(Head::age).thenComparing(Head::partition));

    /**
     * Replaces the head of a partition, whatever the two timestamps say. Also forgets the heads of a log that was
     * replaced.
     */
    void put(String partition, @Nullable Instant timestamp, E entry) {
        ofReplacedLog.forEach(this::retire);
        ofReplacedLog = Set.of();
        retire(partition);
        Head<E> head = new Head<>(partition, timestamp, entry);
        byPartition.put(partition, head);
        byAge.add(head);
    }

    /** Notes that another log took the place of the current one. The present heads count until the new log has one. */
    void replaced() {
        ofReplacedLog = Set.copyOf(byPartition.keySet());
    }

    /** Forgets the head of a partition. */
    void retire(String partition) {
        Head<E> head = byPartition.remove(partition);
        if (head != null) {
            byAge.remove(head);
        }
    }

    Optional<E> newest() {
        return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.last().entry());
    }
}
