package io.github.lateststate.kafka;

import io.github.lateststate.PlainText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log of a topic ends, as reported to the consumer that will read it. The consumer must find the leaders
 * anyway; the admin client would first look for them by itself. See {@code KafkaSession.firstBounds} for an example.
 *
 * @param askedAt when it was asked, by {@link System#nanoTime}
 * @param ends the offsets after the last records that may be read
 */
record LogEnds(long askedAt, Map<TopicPartition, Long> ends) {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /** Blocks at most for {@code patience}. Throws what a consumer throws. */
    static LogEnds ask(Consumer<?, ?> consumer, List<TopicPartition> partitions, Duration patience) {
        long askedAt = System.nanoTime();
        return new LogEnds(askedAt, consumer.endOffsets(partitions, patience));
    }

    /**
     * Does the same for all partitions of a topic, which has one in most cases. Returns empty if they cannot be asked:
     * the same trouble comes up again in the question that counts.
     *
     * @param leaders receives the brokers that are to be asked
     */
    static Optional<LogEnds> tryToAsk(
            Consumer<?, ?> consumer, KafkaSettings settings, Set<Node> leaders, Duration patience) {
        try {
            TopicPartition only = new TopicPartition(settings.topic(), 0);
            consumer.assign(List.of(only)); // the first question for metadata is then one for this topic
            LogEnds ends = ask(consumer, List.of(only), patience);
            List<PartitionInfo> all = consumer.partitionsFor(settings.topic(), patience);
            return Optional.of(all.size() == 1 ? ends : ask(consumer, partitions(all), patience));
        } catch (KafkaException e) {
            logger.debug(
                    "Not connected yet: {}", PlainText.of(settings.redaction().of(e.toString())));
            return Optional.empty();
        } finally {
            leaders.addAll(knownLeaders(consumer, settings.topic()));
        }
    }

    private static List<TopicPartition> partitions(List<PartitionInfo> described) {
        return described.stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
    }

    private static List<Node> knownLeaders(Consumer<?, ?> consumer, String topic) {
        try {
            return consumer.partitionsFor(topic, Duration.ZERO).stream()
                    .map(PartitionInfo::leader)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (KafkaException e) {
            return List.of(); // it has no answer yet
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
