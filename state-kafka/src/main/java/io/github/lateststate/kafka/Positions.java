package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** Reads where a consumer is. */
final class Positions {

    private Positions() {}

    /**
     * The position, if the consumer knows it without waiting. After a change of leader, the consumer asks the new
     * leader first whether the position is still in the log, and would wait for the answer. A wake-up stays for the next
     * poll. Throws what else the consumer has found out in the background, perhaps about another partition.
     */
    static OptionalLong of(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return OptionalLong.of(consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        } catch (WakeupException e) {
            consumer.wakeup();
            return OptionalLong.empty();
        }
    }
}
