package io.github.lateststate.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * All that depends on the version of kafka-clients, which the application chooses. This module is compiled against the newest. The JVM
 * looks for a method at its first call, so that one which an older version lacks may be named here, behind a question.
 */
final class ClientVersion {

    private static final String NEEDED = "3.1";
    private static final String NEWEST_TESTED = "4.4.0";

    /** Since 4.0. */
    private static final boolean TELLS_NEXT_OFFSETS = has(ConsumerRecords.class, "nextOffsets");

    private ClientVersion() {}

    /**
     * Refuses a version that this module does not run with. What counts is whether the API is there: a version may not say which it is.
     *
     * @throws IllegalStateException saying which version is there, which is needed, and what to change
     */
    static void require() {
        if (!has(DescribeTopicsResult.class, "topicIdValues")) {
            throw new IllegalStateException("kafka-clients " + name() + " is on the class path, but state-kafka needs "
                    + NEEDED + " or newer. Set the version in your pom: <dependency><groupId>org.apache.kafka</groupId>"
                    + "<artifactId>kafka-clients</artifactId><version>" + NEWEST_TESTED + "</version></dependency>");
        }
    }

    /**
     * Where a consumer goes on after a poll, beyond markers and aborted data, and the epoch of the leader that wrote what lies before, if
     * it is known. Has the partitions that have moved on, and may have others.
     */
    static Map<TopicPartition, OffsetAndMetadata> nextOffsets(
            Consumer<?, ?> consumer, ConsumerRecords<byte[], byte[]> polled) {
        if (TELLS_NEXT_OFFSETS) {
            return polled.nextOffsets();
        }
        // those that have moved without a record turn up after a poll that brings none
        Set<TopicPartition> moved = polled.isEmpty() ? consumer.assignment() : polled.partitions();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (TopicPartition partition : moved) {
            Positions.of(consumer, partition)
                    .ifPresent(position -> next.put(
                            partition,
                            new OffsetAndMetadata(position, epochBefore(position, polled.records(partition)), "")));
        }
        return next;
    }

    /** Those settings whose names are known: Kafka warns of others. */
    static Map<String, String> known(Set<String> names, Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().retainAll(names);
        return known;
    }

    /** What takes its place came with 4.1. */
    @SuppressWarnings("deprecation")
    static void close(Consumer<?, ?> consumer, Duration timeout) {
        consumer.close(timeout);
    }

    /** A marker, or aborted data, does not tell its epoch. */
    private static Optional<Integer> epochBefore(long position, List<ConsumerRecord<byte[], byte[]>> read) {
        return read.isEmpty() || read.get(read.size() - 1).offset() + 1 != position
                ? Optional.empty()
                : read.get(read.size() - 1).leaderEpoch();
    }

    /** The version as the client itself tells it; its class for that is in another package in each of its versions. */
    static String name() {
        Properties version = new Properties();
        try (InputStream file = Consumer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            if (file != null) {
                version.load(file);
            }
        } catch (IOException e) {
            // then it is not known
        }
        return version.getProperty("version", "of an unknown version");
    }

    private static boolean has(Class<?> type, String method) {
        try {
            return type.getMethod(method) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
