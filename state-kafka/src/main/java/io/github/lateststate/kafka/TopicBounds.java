package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker reported of a topic and its log.
 *
 * @param askedAt when it was asked, by {@link System#nanoTime}: everything that was readable before is within the
 *     bounds
 * @param topic the topic
 * @param partitions the bounds of its partitions, or of those that were asked for
 */
record TopicBounds(long askedAt, Topic topic, Map<TopicPartition, PartitionBounds> partitions) {

    /** Bounds for a search. A log may begin later than at 0: the search notices that if it matters. */
    static TopicBounds upTo(long askedAt, Topic topic, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, PartitionBounds> partitions = new HashMap<>();
        ends.forEach((partition, end) ->
                partitions.put(partition, new PartitionBounds(PartitionBounds.NOT_ASKED, end, end)));
        return new TopicBounds(askedAt, topic, partitions);
    }

    /** The same bounds, of the topic as another client describes it. */
    TopicBounds in(Topic described) {
        return new TopicBounds(askedAt, described, partitions);
    }

    /** The same bounds, of logs that reach these offsets at least. */
    TopicBounds writtenUpTo(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, PartitionBounds> complete = new HashMap<>(partitions);
        complete.replaceAll((partition, bounds) -> bounds.writtenUpTo(offsets.getOrDefault(partition, 0L)));
        return new TopicBounds(askedAt, topic, complete);
    }

    /** How long ago the broker was asked. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - askedAt);
    }

    PartitionBounds of(TopicPartition partition) {
        return Objects.requireNonNull(partitions.get(partition), () -> partition + " was not asked for");
    }

    /** Whether a reader at these positions has read everything that was readable. */
    boolean isReachedAt(ToLongFunction<TopicPartition> position) {
        return partitions.entrySet().stream()
                .allMatch(entry ->
                        position.applyAsLong(entry.getKey()) >= entry.getValue().end());
    }

    /** Whether there was something beyond these positions, readable or not. */
    boolean holdNewerThan(ToLongFunction<TopicPartition> position) {
        return partitions.entrySet().stream()
                .anyMatch(entry ->
                        position.applyAsLong(entry.getKey()) < entry.getValue().highWatermark());
    }
}
