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
 * What was followed of a topic so far: which topic it was, and the position in each partition. Outlives connections. Knows no
 * client; not safe for use by several threads.
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
     * Takes the topic that the broker now describes. If it is another one than before, positions begin anew.
     *
     * @return whether it took the place of another
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
     * @return the id of the one that answered before, if it was another
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
     * Where to look from: nothing before it has to be looked at again. A log that is now shorter was cut back, and is looked at
     * from its beginning.
     */
    long floor(TopicPartition partition, Bounds bounds) {
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

    /** Says that memory ran out: the next look-back keeps less, and begins with the last offset alone, as the one before it may not fit. */
    void keepLess() {
        mayKeep = Math.max(LEAST_KEPT, mayKeep / 4);
        firstStep = 1;
    }

    /** How many times in a row a look-back asks whether a silent broker is there, before it takes another connection. */
    int patience() {
        return patience;
    }

    /** Says that another connection is taken: if a broker is only slow, the next look-back waits longer. */
    void waitLonger() {
        patience *= 2;
    }

    /** Says that a look-back has ended. */
    void lookedBack() {
        patience = 1;
    }

    long position(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** All positions, as they are now. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Says that what was read of a partition is no longer in its log, as a leader says, which may be an outdated one. */
    void cutOff(TopicPartition partition) {
        cutOff.add(partition);
    }

    /**
     * Forgets positions that were cut off: a log that has grown again since cannot be told by its length, and is looked at from its
     * beginning. Not if this is still the leader that wrote what was read last: then an outdated one said so.
     */
    void forgetWhatWasCutOff(LogBounds current) {
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

    /** Counts records that were read to look back, of whatever partition. */
    void lookedAt(int records) {
        recordsRead += records;
    }

    /** How many records all look-backs have read. */
    long recordsRead() {
        return recordsRead;
    }

    /**
     * The epoch of the leader that wrote what was read last: by it the broker can tell whether that is still in the log, which
     * may have been cut back and have grown again.
     */
    Optional<Integer> leaderEpoch(TopicPartition partition) {
        return Optional.ofNullable(leaderEpochs.get(partition));
    }

    /** Says which leader wrote what was read last, if that is known. */
    void readOf(TopicPartition partition, Optional<Integer> leaderEpoch) {
        leaderEpochs.remove(partition);
        leaderEpoch.ifPresent(epoch -> {
            leaderEpochs.put(partition, epoch);
            newestEpochs.merge(partition, epoch, Math::max);
        });
    }

    /** Takes note of the leaders that answered. */
    void answered(LogBounds bounds) {
        bounds.partitions().forEach((partition, asked) -> {
            if (asked.leaderEpoch() != Bounds.NO_EPOCH) {
                newestEpochs.merge(partition, asked.leaderEpoch(), Math::max);
            }
        });
    }

    /** Whether an answer can be seen to come from an outdated leader. */
    boolean knowsLeaders() {
        return !newestEpochs.isEmpty() && !Uuid.ZERO_UUID.equals(topicId);
    }

    /**
     * Refuses an answer of a leader that was replaced: what its log lacks was not cut off. Without topic ids the log may also be that of
     * a topic which was created again, with epochs that begin anew; then every answer counts.
     *
     * @throws OutdatedLeaderException naming the partition
     */
    void requireNoneOutdated(LogBounds bounds) {
        if (!knowsLeaders()) {
            return;
        }
        bounds.partitions().forEach((partition, asked) -> {
            int newest = newestEpochs.getOrDefault(partition, Bounds.NO_EPOCH);
            if (asked.leaderEpoch() != Bounds.NO_EPOCH && asked.leaderEpoch() < newest) {
                throw new OutdatedLeaderException("Partition " + partition.partition()
                        + " was answered for by an outdated leader, of epoch " + asked.leaderEpoch() + " while "
                        + newest
                        + " is known. Check whether that broker is cut off from the others.");
            }
        });
    }

    /**
     * Takes what others say, and refuses to read on from a leader that was replaced: an epoch has only one leader, so that the one of
     * the newest epoch is not the one that is read from.
     *
     * @param readFrom the leader that each partition is read from
     * @throws OutdatedLeaderException naming the partition
     */
    void requireReadFromNewest(LogBounds others, Map<TopicPartition, Integer> readFrom) {
        answered(others);
        others.partitions().forEach((partition, asked) -> {
            int leader = others.topic().leader(partition);
            Integer from = readFrom.get(partition);
            if (from != null
                    && from != leader
                    && asked.leaderEpoch() != Bounds.NO_EPOCH
                    && asked.leaderEpoch() == newestEpochs.getOrDefault(partition, Bounds.NO_EPOCH)) {
                throw new OutdatedLeaderException("Partition " + partition.partition() + " was read from broker " + from
                        + ", an outdated leader: broker " + leader + " leads it now, with epoch " + asked.leaderEpoch()
                        + ". Check whether broker " + from + " is cut off from the others.");
            }
        });
    }

    /** Whether a partition has been looked back in. */
    boolean knows(TopicPartition partition) {
        return positions.containsKey(partition);
    }
}
