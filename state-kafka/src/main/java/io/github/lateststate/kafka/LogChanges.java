package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells from the broker's answers whether the log that is followed is still what it was. Where it ends has to be compared with where the
 * reader was when the question was asked: since then it may have read beyond that. For the thread of the loop.
 */
final class LogChanges {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final FollowedLog log;
    private final Map<TopicPartition, Long> behindSince = new HashMap<>();
    private Map<TopicPartition, Long> positionsWhenAsked = Map.of();

    LogChanges(FollowedLog log) {
        this.log = log;
    }

    /** Says that the broker is asked now. */
    void asked() {
        positionsWhenAsked = log.positions();
    }

    /** Says that the reader has moved on. */
    void moved(TopicPartition partition) {
        behindSince.remove(partition);
    }

    /**
     * Compares an answer with what is followed.
     *
     * @param followed the topic, as it was when following began
     * @return what has changed, so that the log has to be looked back in again; empty if nothing has
     */
    Optional<String> in(LogBounds answer, Topic followed) {
        if (!log.isOf(answer.topic())) {
            return Optional.of("it was deleted and created again");
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
                        "partition " + partition.partition() + " was cut back from " + position + " to " + end);
            }
            if (end > position && isStuck(partition)) {
                return Optional.of(
                        "no progress in partition " + partition.partition() + " at " + position + " of " + end);
            }
        }
        return Optional.empty();
    }

    /** Whether the position has not moved since an answer of some time ago that said it should. */
    private boolean isStuck(TopicPartition partition) {
        long now = System.nanoTime();
        Long since = behindSince.putIfAbsent(partition, now);
        return since != null && now - since > STUCK_AFTER.toNanos();
    }
}
