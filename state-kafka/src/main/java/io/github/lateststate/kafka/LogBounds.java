package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker reported of a topic and its log.
 *
 * @param askedAt when it was asked, by {@link System#nanoTime}: everything that was readable before is within the
 *     bounds
 * @param topic the topic
 * @param partitions the bounds of its partitions, or of those that were asked for
 */
record LogBounds(long askedAt, Topic topic, Map<TopicPartition, Bounds> partitions) {

    /** Bounds for a search. A log may begin later than at 0: the search notices that if it matters. */
    static LogBounds upTo(LogEnds asked, Topic topic) {
        Map<TopicPartition, Bounds> partitions = new HashMap<>();
        asked.ends().forEach((partition, end) -> partitions.put(partition, new Bounds(Bounds.NOT_ASKED, end, end)));
        return new LogBounds(asked.askedAt(), topic, partitions);
    }

    /** The same bounds, with what lies beyond the ends. */
    LogBounds withHighWatermarks(Map<TopicPartition, ListOffsetsResultInfo> highWatermarks) {
        Map<TopicPartition, Bounds> complete = new HashMap<>(partitions);
        complete.replaceAll((partition, bounds) -> {
            ListOffsetsResultInfo written = highWatermarks.get(partition);
            return written == null ? bounds : bounds.with(written);
        });
        return new LogBounds(askedAt, topic, complete);
    }

    /** How long ago the broker was asked. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - askedAt);
    }

    Bounds of(TopicPartition partition) {
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
