package io.github.lateststate.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What was followed of a topic so far: which topic it was, and the position in each partition. It outlives connections.
 * It knows no client. Not safe for use by several threads.
 */
final class FollowedLog {

    private static final long LEAST_KEPT = 1 << 16;
    private static final long MOST_KEPT = 64 << 20;

    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Integer> leaderEpochs = new HashMap<>();
    private final Map<TopicPartition, Integer> newestEpochs = new HashMap<>();
    private final Set<TopicPartition> cutOff = new HashSet<>();
    private @Nullable Uuid topicId;
    private @Nullable String clusterId;
    private long firstStep = LookBack.FIRST_STEP;
    private long recordsRead;
    private int patience = 1;
    private long mayKeep =
            Math.max(LEAST_KEPT, Math.min(MOST_KEPT, Runtime.getRuntime().maxMemory() / 6));

    /**
     * Takes the topic as the broker now describes it. If it is another topic than before, the positions begin again.
     *
     * @return whether it replaced another topic
     */
    boolean adopt(Topic topic) {
        boolean recreated = topicId != null && !topicId.equals(topic.id());
        if (recreated) {
            positions.clear();
            leaderEpochs.clear();
            newestEpochs.clear();
            cutOff.clear();
        }
        topicId = topic.id();
        return recreated;
    }

    /**
     * Takes the id of the cluster that answers.
     *
     * @return the id of the cluster that answered before, if it was another one
     */
    Optional<String> isIn(String cluster) {
        String before = clusterId;
        clusterId = cluster;
        return Optional.ofNullable(before).filter(id -> !id.equals(cluster));
    }

    /** Whether this is the topic that is followed. */
    boolean isOf(Topic topic) {
        return topic.id().equals(topicId);
    }

    /**
     * Where a look-back may stop: everything before this offset was looked at before. If the log is now shorter, it was
     * truncated, and the look-back goes to its beginning.
     */
    long floor(TopicPartition partition, PartitionBounds bounds) {
        long position = positions.getOrDefault(partition, bounds.begin());
        return position > bounds.end() ? bounds.begin() : Math.max(position, bounds.begin());
    }

    /** How many bytes of records a look-back may keep at a time. */
    long mayKeep() {
        return mayKeep;
    }

    /** How many offsets a look-back reads at first. */
    long firstStep() {
        return firstStep;
    }

    /**
     * Notes that memory ran out. The next look-back keeps less, and begins with the last offset alone, because the one
     * before it may not fit.
     */
    void keepLess() {
        mayKeep = Math.max(LEAST_KEPT, mayKeep / 4);
        firstStep = 1;
    }

    /**
     * How many times in a row a look-back checks whether a silent broker is there before it uses another connection.
     */
    int patience() {
        return patience;
    }

    /** Notes that another connection is used. If the broker is only slow, the next look-back waits longer. */
    void waitLonger() {
        patience *= 2;
    }

    /** Notes that a look-back has ended. */
    void lookedBack() {
        patience = 1;
    }

    long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** A copy of all positions. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /**
     * Notes that, according to a leader, the log no longer holds what was read of a partition. The leader may be
     * outdated.
     */
    void cutOff(TopicPartition partition) {
        cutOff.add(partition);
    }

    /**
     * Forgets positions that were cut off, so that the look-back goes to the beginning of the log. A log that was cut
     * off and has grown again cannot be recognized by its length. Keeps a position if the leader that wrote the last
     * read record still leads: then an outdated leader reported the loss.
     */
    void forgetCutOffPositions(TopicBounds current) {
        current.partitions().forEach((partition, asked) -> {
            boolean wroteIt = leaderEpoch(partition)
                    .filter(epoch -> epoch == asked.leaderEpoch())
                    .isPresent();
            if (cutOff.remove(partition) && !wroteIt) {
                positions.remove(partition);
                leaderEpochs.remove(partition);
            }
        });
    }

    void reached(TopicPartition partition, long position) {
        positions.put(partition, position);
    }

    /** Counts records that a look-back read, in any partition. */
    void lookedAt(int records) {
        recordsRead += records;
    }

    /** How many records all look-backs have read. */
    long recordsRead() {
        return recordsRead;
    }

    /**
     * The epoch of the leader that wrote what was read last. It lets the broker check whether that is still in the log,
     * even if the log was truncated and has grown again.
     */
    Optional<Integer> leaderEpoch(TopicPartition partition) {
        return Optional.ofNullable(leaderEpochs.get(partition));
    }

    /** Notes which leader wrote what was read last, if that is known. */
    void readOf(TopicPartition partition, Optional<Integer> leaderEpoch) {
        leaderEpochs.remove(partition);
        leaderEpoch.ifPresent(epoch -> {
            leaderEpochs.put(partition, epoch);
            newestEpochs.merge(partition, epoch, Math::max);
        });
    }

    /** Notes the leaders that answered. */
    void answered(TopicBounds bounds) {
        bounds.partitions().forEach((partition, asked) -> {
            if (asked.leaderEpoch() != PartitionBounds.NO_EPOCH) {
                newestEpochs.merge(partition, asked.leaderEpoch(), Math::max);
            }
        });
    }

    /** Whether it can recognize an answer from an outdated leader. */
    boolean knowsLeaders() {
        return !newestEpochs.isEmpty() && !Uuid.ZERO_UUID.equals(topicId);
    }

    /**
     * Refuses an answer of a leader that was replaced: a record that its log lacks was not cut off. Without topic ids,
     * the log may belong to a topic that was created again, whose epochs begin again. Then every answer counts.
     *
     * @throws OutdatedLeaderException naming the partition
     */
    void requireNoneOutdated(TopicBounds bounds) {
        if (!knowsLeaders()) {
            return;
        }
        bounds.partitions().forEach((partition, asked) -> {
            int newest = newestEpochs.getOrDefault(partition, PartitionBounds.NO_EPOCH);
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
     * replaced: an epoch has only one leader, so a newer epoch has another leader.
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
                    && asked.leaderEpoch() == newestEpochs.getOrDefault(partition, PartitionBounds.NO_EPOCH)) {
                throw new OutdatedLeaderException(
                        "Broker " + from + " is an outdated leader of partition "
                                + partition.partition()
                                + ": broker " + leader + " leads it now, with epoch " + asked.leaderEpoch()
                                + ". Check whether broker " + from + " is cut off from the others.",
                        others.topic().brokersExcept(from));
            }
        });
    }

    /** Whether a partition had a look-back. */
    boolean knows(TopicPartition partition) {
        return positions.containsKey(partition);
    }
}
