package io.github.lateststate.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Combines several polls into one. It collects many small records, so that few of them must be decoded, and few large
 * ones, so that they fit into memory. Kafka itself limits a poll only by its number of records.
 */
final class Polled {

    private static final int ENOUGH_RECORDS = 500;
    private static final long ENOUGH_BYTES = 4 << 20;

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    private final Set<String> topics = new HashSet<>();
    private final Consumer<byte[], byte[]> consumer;
    private final int mostAtOnce;
    private int count;
    private long bytes;

    /**
     * Starts without records.
     *
     * @param mostAtOnce the most records that one poll of this consumer returns
     */
    Polled(Consumer<byte[], byte[]> consumer, int mostAtOnce) {
        this.consumer = consumer;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * Adds the records of one poll. If there are fewer than {@code mostAtOnce}, the consumer holds no more.
     *
     * @return whether to poll for more
     */
    boolean add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> read = polled.records(partition);
            records.computeIfAbsent(partition, first -> new ArrayList<>()).addAll(read);
            topics.add(partition.topic()); // an interceptor may return records without positions
            for (ConsumerRecord<byte[], byte[]> record : read) {
                bytes += LookBack.size(record);
            }
        }
        ClientVersion.nextOffsets(consumer, polled).forEach((partition, offset) -> {
            next.merge(partition, offset, Polled::later);
            topics.add(partition.topic());
        });
        count += polled.count();
        return polled.count() >= mostAtOnce && count < ENOUGH_RECORDS && bytes < ENOUGH_BYTES;
    }

    /** After a poll without records, the same position may come without what was known of it. */
    private static OffsetAndMetadata later(OffsetAndMetadata before, OffsetAndMetadata now) {
        return now.offset() == before.offset() ? before : now;
    }

    /** The topics with records, and those with partitions that have moved without a record. */
    Set<String> topics() {
        return topics;
    }

    /** Whether there are no records. */
    boolean isEmpty() {
        return count == 0;
    }

    List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition) {
        return records.getOrDefault(partition, List.of());
    }

    /** The records of a partition without those before an offset, which were read again. */
    List<ConsumerRecord<byte[], byte[]>> recordsFrom(long offset, TopicPartition partition) {
        List<ConsumerRecord<byte[], byte[]>> all = records(partition);
        return all.isEmpty() || all.get(0).offset() >= offset
                ? all
                : all.stream().filter(record -> record.offset() >= offset).toList();
    }

    /**
     * Where to continue in a partition, if it may have moved: beyond the records if markers or aborted data came after
     * them.
     */
    Optional<OffsetAndMetadata> next(TopicPartition partition) {
        return Optional.ofNullable(next.get(partition));
    }
}
