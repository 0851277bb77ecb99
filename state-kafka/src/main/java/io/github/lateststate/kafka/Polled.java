package io.github.lateststate.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private int count;
    private long bytes;

    /**
     * Adds the records of a poll.
     *
     * @return whether to poll for more
     */
    boolean add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> read = polled.records(partition);
            records.computeIfAbsent(partition, first -> new ArrayList<>()).addAll(read);
            bytes += read.stream().mapToLong(LookBack::size).sum();
        }
        next.putAll(polled.nextOffsets());
        count += polled.count();
        return !polled.isEmpty() && count < ENOUGH_RECORDS && bytes < ENOUGH_BYTES;
    }

    ConsumerRecords<byte[], byte[]> all() {
        return new ConsumerRecords<>(records, next);
    }
}
