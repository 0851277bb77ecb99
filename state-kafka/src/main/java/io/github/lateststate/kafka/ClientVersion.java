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
 * Everything that depends on the version of kafka-clients, which the application chooses. This module is compiled
 * against the newest version. The JVM resolves a method at its first call. So this class may name a method that an
 * older version lacks, if it checks for it first.
 */
final class ClientVersion {

    private static final String NEEDED = "3.1";
    private static final String NEWEST_TESTED = "4.4.0";

    /** Since 4.0. */
    private static final boolean REPORTS_NEXT_OFFSETS = has(ConsumerRecords.class, "nextOffsets");

    /** Since 3.1. */
    private static final boolean REPORTS_TOPIC_IDS = has(DescribeTopicsResult.class, "topicIdValues");

    private ClientVersion() {}

    /**
     * Refuses a version that this module does not run with. It checks the API and not the version number, because a
     * version may not report its number.
     *
     * @throws IllegalStateException naming the present version, the required one, and what to change
     */
    static void require() {
        if (!REPORTS_TOPIC_IDS) {
            throw new IllegalStateException("kafka-clients " + name() + " is on the class path, but state-kafka needs "
                    + NEEDED + " or newer. Set the version in your pom: <dependency><groupId>org.apache.kafka</groupId>"
                    + "<artifactId>kafka-clients</artifactId><version>" + NEWEST_TESTED + "</version></dependency>");
        }
    }

    /**
     * Where a consumer continues after a poll, beyond markers and aborted data. Also holds the epoch of the leader that
     * wrote what lies before, if it is known. It contains the partitions that have moved, and may contain others.
     */
    static Map<TopicPartition, OffsetAndMetadata> nextOffsets(
            Consumer<?, ?> consumer, ConsumerRecords<byte[], byte[]> polled) {
        if (REPORTS_NEXT_OFFSETS) {
            return polled.nextOffsets();
        }
        // Partitions that moved without a record show up after an empty poll.
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

    /** The settings whose names are known. Kafka would warn of others. */
    static Map<String, String> known(Set<String> names, Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().retainAll(names);
        return known;
    }

    /** Its replacement came with 4.1. */
    @SuppressWarnings("deprecation")
    static void close(Consumer<?, ?> consumer, Duration timeout) {
        consumer.close(timeout);
    }

    /** A marker or aborted data does not show its epoch. */
    private static Optional<Integer> epochBefore(long position, List<ConsumerRecord<byte[], byte[]>> read) {
        return read.isEmpty() || read.get(read.size() - 1).offset() + 1 != position
                ? Optional.empty()
                : read.get(read.size() - 1).leaderEpoch();
    }

    /** The version as the client reports it. Its class for that is in another package in each version. */
    static String name() {
        Properties version = new Properties();
        try (InputStream file = Consumer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            if (file != null) {
                version.load(file);
            }
        } catch (IOException e) {
            // The version is then unknown.
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
