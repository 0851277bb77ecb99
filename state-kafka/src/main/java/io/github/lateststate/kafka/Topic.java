package io.github.lateststate.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic as the broker describes it. A topic that is deleted and created again has another id.
 *
 * @param name its name
 * @param id its id; {@link Uuid#ZERO_UUID} at a broker that knows none
 * @param size how many partitions it has
 * @param leaderless the partitions that had no leader when it was described: asking for their offsets would flood the cluster
 */
record Topic(String name, Uuid id, int size, Set<Integer> leaderless) {

    /** A topic whose partitions all have a leader. */
    Topic(String name, Uuid id, int size) {
        this(name, id, size, Set.of());
    }

    List<TopicPartition> partitions() {
        return IntStream.range(0, size)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** Whether a partition is there, and has a leader to ask. */
    boolean hasLeader(TopicPartition partition) {
        return partition.partition() < size && !leaderless.contains(partition.partition());
    }

    /** The partitions that have a leader. */
    List<TopicPartition> led() {
        return partitions().stream().filter(this::hasLeader).toList();
    }
}
