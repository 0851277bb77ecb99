package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out from the broker's answers whether the followed log has changed. An end must be compared with the reader's
 * position at the time of the question, because the reader may have moved since then. For the thread of the loop.
 *
 * <p>Example:
 *
 * <pre>
 * the broker is asked; the reader is at offset 40
 * the broker finds that the log ends at 42, and sends that answer
 * meanwhile the reader moves on to 44
 * the answer arrives: 42 is behind 44, but not behind 40, so nothing was truncated
 * an end below 40 would mean that the log was truncated
 * </pre>
 */
final class LogChanges {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final FollowedLog log;
    private final Map<TopicPartition, Long> behindSince = new HashMap<>();
    private Map<TopicPartition, Long> positionsWhenAsked = Map.of();

    LogChanges(FollowedLog log) {
        this.log = log;
    }

    /** Notes that the broker is asked now. */
    void asked() {
        positionsWhenAsked = log.positions();
    }

    /** Notes that the reader has moved on. */
    void moved(TopicPartition partition) {
        behindSince.remove(partition);
    }

    /**
     * Compares an answer with what is followed.
     *
     * @param followed the topic as it was when the broker answered before
     * @return the change that requires another look-back; empty if there is none
     */
    Optional<String> in(TopicBounds answer, Topic followed) {
        if (!log.isOf(answer.topic()) || answer.topic().size() < followed.size()) {
            return Optional.of("it was deleted and created again");
        }
        Optional<TopicPartition> unknown = followed.partitions().stream()
                .filter(partition ->
                        log.position(partition) > 0 && !log.unverified().canVerify(partition))
                .findFirst();
        if (unknown.isPresent()) {
            return Optional.of("no record in partition " + unknown.get().partition()
                    + " shows whether the topic was created again while the state started");
        }
        if (answer.topic().size() > followed.size()) {
            return Optional.of("it has " + answer.topic().size() + " partitions now");
        }
        for (TopicPartition partition : followed.partitions()) {
            if (answer.topic().hasLeader(partition) && !log.knows(partition)) {
                return Optional.of("partition " + partition.partition() + " has a leader again");
            }
        }
        for (TopicPartition partition : answer.partitions().keySet()) {
            long position = log.position(partition);
            long end = answer.of(partition).end();
            if (end < positionsWhenAsked.getOrDefault(partition, 0L)) {
                return Optional.of(
                        "partition " + partition.partition() + " was truncated from " + position + " to " + end);
            }
            if (end > position && isStuck(partition)) {
                return Optional.of(
                        "no progress in partition " + partition.partition() + " at " + position + " of " + end);
            }
        }
        return Optional.empty();
    }

    /** Whether the position has not moved since an answer, some time ago, that said it should. */
    private boolean isStuck(TopicPartition partition) {
        long now = System.nanoTime();
        Long since = behindSince.putIfAbsent(partition, now);
        return since != null && now - since > STUCK_AFTER.toNanos();
    }
}
