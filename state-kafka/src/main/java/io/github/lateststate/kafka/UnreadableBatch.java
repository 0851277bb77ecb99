package io.github.lateststate.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A stretch of a partition that the client cannot read: a batch whose checksum is wrong, or whose codec cannot be
 * loaded. It replaces its records, at the offset of the first. It is never offered, only rejected.
 */
final class UnreadableBatch extends ConsumerRecord<byte[], byte[]> {

    private static final byte[] NOTHING = {};

    private final long end;
    private final KafkaException cause;

    /**
     * Describes such a stretch.
     *
     * @param partition where it is
     * @param begin the first offset that cannot be read
     * @param end the offset after the last one
     * @param thrown what the client threw
     */
    UnreadableBatch(TopicPartition partition, long begin, long end, Throwable thrown) {
        super(partition.topic(), partition.partition(), begin, NOTHING, NOTHING);
        this.end = end;
        this.cause = Unreadable.explained(partition, begin, thrown);
    }

    /** The offset at which reading goes on. */
    long end() {
        return end;
    }

    /** Why it cannot be read, in words for people. */
    KafkaException cause() {
        return cause;
    }
}
