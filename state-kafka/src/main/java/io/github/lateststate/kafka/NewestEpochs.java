package io.github.lateststate.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The newest epoch of each partition's leader that was seen in a record or an answer. It shows which leaders were
 * replaced: an epoch has only one leader, so a newer epoch has another leader. Not safe for use by several threads.
 */
final class NewestEpochs {

    private final Map<TopicPartition, Integer> epochs = new HashMap<>();

    boolean areEmpty() {
        return epochs.isEmpty();
    }

    void clear() {
        epochs.clear();
    }

    void add(TopicPartition partition, int epoch) {
        epochs.merge(partition, epoch, Math::max);
    }

    /** Adds the leaders that answered. */
    void answered(TopicBounds bounds) {
        bounds.partitions().forEach((partition, asked) -> {
            if (asked.leaderEpoch() != PartitionBounds.NO_EPOCH) {
                add(partition, asked.leaderEpoch());
            }
        });
    }

    /**
     * Rejects an answer from a replaced leader: a record that is missing from its log was not cut off.
     *
     * @throws OutdatedLeaderException naming the partition
     */
    void requireNoneOutdated(TopicBounds bounds) {
        bounds.partitions().forEach((partition, asked) -> {
            int newest = newest(partition);
            if (asked.leaderEpoch() != PartitionBounds.NO_EPOCH && asked.leaderEpoch() < newest) {
                throw new OutdatedLeaderException(
                        "An outdated leader answered for partition "
                                + partition.partition() + ": its epoch is " + asked.leaderEpoch() + ", and epoch "
                                + newest
                                + " is known. Check whether that broker is cut off from the others.",
                        bounds.topic().brokersExcept(bounds.topic().leader(partition)));
            }
        });
    }

    /**
     * Compares what other brokers say with the leaders that are read from. Refuses to read on from a leader that was
     * replaced.
     *
     * @param readFrom the leader that each partition is read from
     * @throws OutdatedLeaderException naming the partition
     */
    void requireReadFromNewest(TopicBounds others, Map<TopicPartition, Integer> readFrom) {
        answered(others);
        others.partitions().forEach((partition, asked) -> {
            int leader = others.topic().leader(partition);
            Integer from = readFrom.get(partition);
            if (from != null
                    && from != leader
                    && asked.leaderEpoch() != PartitionBounds.NO_EPOCH
                    && asked.leaderEpoch() == newest(partition)) {
                throw new OutdatedLeaderException(
                        "Broker " + from + " is an outdated leader of partition "
                                + partition.partition()
                                + ": broker " + leader + " leads it now, with epoch " + asked.leaderEpoch()
                                + ". Check whether broker " + from + " is cut off from the others.",
                        others.topic().brokersExcept(from));
            }
        });
    }

    private int newest(TopicPartition partition) {
        return epochs.getOrDefault(partition, PartitionBounds.NO_EPOCH);
    }
}
