package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the log of a topic ends, as the consumer is told that is going to read it; the admin client would look for the leaders
 * of the partitions first.
 *
 * @param askedAt when it was asked, by {@link System#nanoTime}
 * @param ends the offsets behind the last records that may be read
 */
record LogEnds(long askedAt, Map<TopicPartition, Long> ends) {

    /** Blocks for as long as this at most; throws what a consumer throws. */
    static LogEnds ask(Consumer<?, ?> consumer, List<TopicPartition> partitions, Duration patience) {
        long askedAt = System.nanoTime();
        return new LogEnds(askedAt, consumer.endOffsets(partitions, patience));
    }

    boolean areYoungerThan(Duration age) {
        return System.nanoTime() - askedAt < age.toNanos();
    }

    /** Whether each partition of this topic was asked for. */
    boolean areOf(Topic topic) {
        return ends.size() == topic.size();
    }
}
