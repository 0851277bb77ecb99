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
    private final NewestEpochs newestEpochs = new NewestEpochs();
    private final Set<TopicPartition> cutOff = new HashSet<>();
    private final UnverifiedReads unverified = new UnverifiedReads();
    private @Nullable Uuid topicId;
    private @Nullable String clusterId;
    private long firstStep = LookBack.FIRST_STEP;
    private long recordsRead;
    private int patience = 1;
    private long mayKeep =
            Math.max(LEAST_KEPT, Math.min(MOST_KEPT, Runtime.getRuntime().maxMemory() / 6));

    /**
     * Takes the topic as the broker now describes it. If it is another topic than before, or may be another one, the
     * positions begin again.
     *
     * @return whether it replaced another topic, or may have
     */
    boolean adopt(Topic topic) {
        boolean recreated = unverified.areOpen() || isReplacedBy(topic);
        if (recreated) {
            unverified.end();
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

    /** Whether this is another topic than the one that is followed. */
    boolean isReplacedBy(Topic topic) {
        return topicId != null && !topicId.equals(topic.id());
    }

    /** Whether nothing is known of the topic: neither its id nor a record. */
    boolean isNew() {
        return topicId == null && !unverified.areOpen();
    }

    /** What was read before the topic's id was known. */
    UnverifiedReads unverified() {
        return unverified;
    }

    /** Takes the id of the topic, unless it is known. */
    void identify(Topic topic) {
        topicId = topicId == null ? topic.id() : topicId;
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
            newestEpochs.add(partition, epoch);
        });
    }

    /** Notes the leaders that answered. */
    void answered(TopicBounds bounds) {
        newestEpochs.answered(bounds);
    }

    /**
     * Whether it can recognize an answer from an outdated leader. Without topic ids, or before the id is verified, the
     * log may belong to a topic that was created again, whose epochs begin again. Then every answer counts.
     */
    boolean knowsLeaders() {
        return !newestEpochs.areEmpty() && !unverified.areOpen() && !Uuid.ZERO_UUID.equals(topicId);
    }

    /** Rejects an answer from a replaced leader, if it can recognize one. */
    void requireNoneOutdated(TopicBounds bounds) {
        if (knowsLeaders() && isOf(bounds.topic())) {
            newestEpochs.requireNoneOutdated(bounds);
        }
    }

    /** Refuses to read on from a leader that was replaced, according to other brokers. */
    void requireReadFromNewest(TopicBounds others, Map<TopicPartition, Integer> readFrom) {
        newestEpochs.requireReadFromNewest(others, readFrom);
    }

    /** Whether a partition had a look-back. */
    boolean knows(TopicPartition partition) {
        return positions.containsKey(partition);
    }
}
