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
 * Asks where the log of a topic ends by the consumer that will read it. The consumer must find the leaders anyway; the
 * admin client would first look for them by itself. See {@link KafkaSession} for examples.
 */
final class EarlyEnds {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private EarlyEnds() {}

    /**
     * Asks for all partitions of a topic, which has one in most cases. Blocks at most for some {@code patience}. Returns
     * bounds of the topic without its id; empty if they cannot be asked: the same trouble comes up again in the question
     * that counts.
     */
    static Optional<TopicBounds> tryToAsk(Consumer<?, ?> consumer, KafkaSettings settings, Duration patience) {
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
            return Optional.of(TopicBounds.upTo(askedAt, topic, ends));
        } catch (KafkaException e) {
            logger.debug(
                    "Not connected yet: {}", PlainText.of(settings.redaction().of(e.toString())));
            return Optional.empty();
        }
    }
}
