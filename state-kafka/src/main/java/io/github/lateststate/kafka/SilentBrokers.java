package io.github.lateststate.kafka;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Adds to a missing answer the addresses that gave none. A broker that answers at its bootstrap address may advertise
 * another address that this machine cannot reach.
 */
final class SilentBrokers extends KafkaException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String addresses;

    private SilentBrokers(List<Node> silent, Throwable noAnswer) {
        super("no answer", noAnswer);
        String shown = silent.stream()
                .limit(SHOWN)
                .map(node -> node.host() + ":" + node.port() + " (node " + node.idString() + ")")
                .collect(joining(", "));
        this.addresses = silent.size() > SHOWN ? shown + " and " + (silent.size() - SHOWN) + " more" : shown;
    }

    /**
     * Returns the exception. If it reports a missing answer, returns one that also names the topic's leaders that never
     * answered this consumer.
     */
    static KafkaException named(KafkaException thrown, String topic, Consumer<?, ?> consumer) {
        if (!isMissingAnswer(thrown)) {
            return thrown;
        }
        List<Node> silent = knownLeaders(topic, consumer)
                .filter(node -> !hasAnswered(node, consumer))
                .toList();
        return silent.isEmpty() ? thrown : new SilentBrokers(silent, thrown);
    }

    /**
     * The same missing answer. If one broker answers and names the silent ones, so does the result. Blocks for up to
     * two seconds, and may throw what Kafka throws.
     */
    static Throwable named(Throwable noAnswer, KafkaSettings settings) {
        if (!(noAnswer instanceof KafkaException thrown)) {
            return noAnswer;
        }
        Consumer<byte[], byte[]> consumer =
                KafkaClients.lookBackConsumer(settings.withGroup(settings.group() + "-asking"), new ClusterListener());
        try {
            EarlyEnds.tryToAsk(consumer, settings, PATIENCE);
            return named(thrown, settings.topic(), consumer);
        } finally {
            KafkaClients.abandon(consumer);
        }
    }

    /** Whether a broker did not answer and is not named yet. */
    static boolean isMissingAnswer(Throwable thrown) {
        return Causes.has(thrown, RetriableException.class)
                && !Causes.has(thrown, SilentBrokers.class)
                && !Causes.isOfTopic(thrown);
    }

    /** Hosts, ports and node ids. */
    String addresses() {
        return addresses;
    }

    private static Stream<Node> knownLeaders(String topic, Consumer<?, ?> consumer) {
        try {
            return consumer.partitionsFor(topic, Duration.ZERO).stream()
                    .map(PartitionInfo::leader)
                    .filter(Objects::nonNull)
                    .distinct();
        } catch (KafkaException e) {
            return Stream.of(); // it has no answer yet
        }
    }

    private static boolean hasAnswered(Node node, Consumer<?, ?> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("incoming-byte-total"))
                .filter(metric -> ("node-" + node.idString())
                        .equals(metric.getKey().tags().get("node-id")))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Double bytes && bytes > 0);
    }
}
