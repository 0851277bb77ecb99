package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads where a consumer is. */
final class Positions {

    private Positions() {}

    /**
     * The position, if the consumer knows it at once. After a change of leader it asks the new one first whether the position
     * is still in the log, and would wait for that.
     */
    static OptionalLong of(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return OptionalLong.of(consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }
}
