package io.github.lateststate.kafka;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/**
 * A topic as the broker describes it. A topic that is deleted and created again has another id.
 *
 * @param name its name
 * @param id its id; {@link Uuid#ZERO_UUID} at a broker without topic ids, or while it is not known
 * @param size how many partitions it has
 * @param leaders the node id of each partition's leader, or {@link #NO_LEADER}; empty if they are not known
 * @param brokers the brokers that hold its partitions; empty if they are not known
 */
record Topic(String name, Uuid id, int size, List<Integer> leaders, List<Node> brokers) {

    static final int NO_LEADER = -1;

    /** A topic whose leaders and brokers are not known. */
    Topic(String name, Uuid id, int size) {
        this(name, id, size, List.of(), List.of());
    }

    static Topic of(TopicDescription found) {
        return of(
                found.name(),
                found.topicId(),
                found.partitions().stream().map(TopicPartitionInfo::leader),
                found.partitions().stream().flatMap(partition -> partition.replicas().stream()));
    }

    /** A topic as a consumer knows it, which does not report the id. */
    static Topic withoutId(String name, List<PartitionInfo> found) {
        return of(
                name,
                Uuid.ZERO_UUID,
                found.stream()
                        .sorted(Comparator.comparingInt(PartitionInfo::partition))
                        .map(PartitionInfo::leader),
                found.stream().flatMap(partition -> Stream.of(partition.replicas())));
    }

    private static Topic of(String name, Uuid id, Stream<Node> leaders, Stream<Node> replicas) {
        List<Integer> ids = leaders.map(leader -> leader == null || leader.isEmpty() ? NO_LEADER : leader.id())
                .toList();
        List<Node> brokers = replicas.filter(broker -> !broker.isEmpty()) // it is away, so its address is not known
                .distinct()
                .toList();
        return new Topic(name, id, ids.size(), ids, brokers);
    }

    /** The brokers that hold its partitions, except this one. */
    List<Node> brokersExcept(int broker) {
        return brokers.stream().filter(other -> other.id() != broker).toList();
    }

    /** The node id of a partition's leader; {@link #NO_LEADER} if there is none or it is not known. */
    int leader(TopicPartition partition) {
        return partition.partition() < leaders.size() ? leaders.get(partition.partition()) : NO_LEADER;
    }

    /**
     * The partitions that had no leader when the topic was described. Asking for their offsets would flood the cluster.
     */
    Set<Integer> leaderless() {
        return IntStream.range(0, leaders.size())
                .filter(partition -> leaders.get(partition) == NO_LEADER)
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Says for people what a subscription to it does. */
    String followed() {
        return "following " + size + " partition" + (size == 1 ? "" : "s");
    }

    List<TopicPartition> partitions() {
        return IntStream.range(0, size)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** Whether a partition exists and has a leader to ask. */
    boolean hasLeader(TopicPartition partition) {
        return partition.partition() < size && (leaders.isEmpty() || leader(partition) != NO_LEADER);
    }

    /** The partitions that have a leader. */
    List<TopicPartition> led() {
        return partitions().stream().filter(this::hasLeader).toList();
    }
}
