package io.github.lateststate.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Counts the consumers that get it through {@code interceptor.classes}, and the records that they read. */
public final class CountingInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    private static final Map<String, LongAdder> consumers = new ConcurrentHashMap<>();
    private static final Map<String, LongAdder> records = new ConcurrentHashMap<>();

    private LongAdder read = new LongAdder();

    /** For the consumer that creates it. */
    public CountingInterceptor() {}

    /** How many consumers of an instance were created so far. */
    static long consumersOf(String group) {
        return adder(consumers, group).sum();
    }

    /** How many records an instance's consumers returned so far. */
    static long recordsReadBy(String group) {
        return adder(records, group).sum();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        String group = String.valueOf(configs.get("group.id"));
        adder(consumers, group).increment();
        read = adder(records, group);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
        read.add(polled.count());
        return polled;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    private static LongAdder adder(Map<String, LongAdder> adders, String group) {
        return adders.computeIfAbsent(group, key -> new LongAdder());
    }
}
