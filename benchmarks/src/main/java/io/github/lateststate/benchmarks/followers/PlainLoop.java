package io.github.lateststate.benchmarks.followers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A follower written by hand: a thread, a consumer with {@code read_committed} and otherwise the defaults,
 * {@code assign}, {@code seek} to end − 1, {@code poll}, and a volatile field. It assumes that end − 1 is a record, and
 * notices no trouble.
 */
public final class PlainLoop implements Follower {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final TopicPartition partition;
    private final Consumer<String> readable;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String latest;

    /** Starts to follow, and returns at once; see {@link Way#open}. */
    public PlainLoop(Map<String, String> settings, String topic, Consumer<String> readable) {
        this.settings = new HashMap<>(settings);
        this.settings.put("isolation.level", "read_committed");
        this.partition = new TopicPartition(topic, 0);
        this.readable = readable;
        this.thread = new Thread(this::run, "plain-loop-" + topic);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = List.of(partition);
            consumer.assign(all);
            consumer.seek(partition, consumer.endOffsets(all).getOrDefault(partition, 1L) - 1);
            while (!closed) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    latest = record.value();
                    readable.accept(Objects.requireNonNull(latest));
                }
            }
        }
    }
}
