package io.github.lateststate.kafka;

import io.github.lateststate.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log of a topic ends, as reported to the consumer that will read it. The consumer must find the leaders
 * anyway; the admin client would first look for them by itself. See {@link KafkaSession} for examples.
 *
 * @param topic the topic, without its id
 * @param askedAt when it was asked, by {@link System#nanoTime}
 * @param ends the offsets after the last records that may be read
 */
record EarlyEnds(Topic topic, long askedAt, Map<TopicPartition, Long> ends) {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /**
     * Asks for all partitions of a topic, which has one in most cases. Blocks at most for some {@code patience}. Returns
     * empty if they cannot be asked: the same trouble comes up again in the question that counts.
     */
    static Optional<EarlyEnds> tryToAsk(Consumer<?, ?> consumer, KafkaSettings settings, Duration patience) {
        try {
            TopicPartition only = new TopicPartition(settings.topic(), 0);
            consumer.assign(List.of(only)); // the first question for metadata is then one for this topic
            long askedAt = System.nanoTime();
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(only), patience);
            Topic topic = Topic.withoutId(settings.topic(), consumer.partitionsFor(settings.topic(), patience));
            if (topic.size() > 1) {
                askedAt = System.nanoTime();
                ends = consumer.endOffsets(topic.partitions(), patience);
            }
            return Optional.of(new EarlyEnds(topic, askedAt, ends));
        } catch (KafkaException e) {
            logger.debug(
                    "Not connected yet: {}", PlainText.of(settings.redaction().of(e.toString())));
            return Optional.empty();
        }
    }

    boolean areYoungerThan(Duration age) {
        return System.nanoTime() - askedAt < age.toNanos();
    }

    /** Whether each partition of this topic was asked for. */
    boolean areOf(Topic topic) {
        return ends.size() == topic.size();
    }
}
