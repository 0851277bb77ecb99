package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The questions to the broker about topics and offsets. Each answer has the library's own time limit, and an error
 * names the right that is missing. Nothing here blocks.
 */
final class AdminQuestions {

    /** The client's own limit comes first, because its message says more. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private AdminQuestions() {}

    /** Asks for several topics at once. Each has an answer of its own, in the same order. */
    static List<CompletableFuture<Topic>> describe(Admin admin, List<String> topics, Duration patience) {
        return described(
                admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs((int) patience.toMillis()))
                        .topicNameValues(),
                topics,
                patience);
    }

    /**
     * Asks whether several topics are still the same, at once. Each has its own answer, in the same order. For a topic
     * that was created again, the answer is the new topic. Asking by id takes one request for all topics. If Kafka's
     * client is asked by name, it asks for the brokers first.
     */
    static List<CompletableFuture<Topic>> describeAgain(Admin admin, List<Topic> topics, Duration patience) {
        if (topics.stream().anyMatch(topic -> topic.id().equals(Uuid.ZERO_UUID))) {
            return describe(admin, topics.stream().map(Topic::name).toList(), patience);
        }
        List<Uuid> ids = topics.stream().map(Topic::id).toList();
        List<CompletableFuture<Topic>> byId = described(
                admin.describeTopics(TopicCollection.ofTopicIds(ids), new DescribeTopicsOptions().timeoutMs((int)
                                        patience.toMillis()))
                        .topicIdValues(),
                ids,
                patience);
        return IntStream.range(0, ids.size())
                .mapToObj(i -> byId.get(i)
                        .exceptionallyCompose(thrown -> Causes.has(thrown, TimeoutException.class)
                                ? CompletableFuture.failedFuture(thrown)
                                : describe(admin, List.of(topics.get(i).name()), patience)
                                        .get(0)))
                .toList();
    }

    private static <K> List<CompletableFuture<Topic>> described(
            Map<K, KafkaFuture<TopicDescription>> answers, List<K> topics, Duration patience) {
        return topics.stream()
                .map(topic -> MissingRight.named(
                                MissingRight.DESCRIBE,
                                Deadline.of(
                                        Objects.requireNonNull(answers.get(topic), "each topic has an answer"),
                                        patience.plus(GRACE)))
                        .thenApply(Topic::of))
                .toList();
    }

    /** Asks for one offset of each partition. Fails if one of them cannot be asked, naming it. */
    static CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, Duration patience) {
        return offsets(
                listOffsets(admin, partitions, spec, IsolationLevel.READ_UNCOMMITTED, patience), partitions, patience);
    }

    /** Asks where logs end: for readers, and for all records. */
    static Ends ends(Admin admin, List<TopicPartition> partitions, IsolationLevel isolation, Duration patience) {
        ListOffsetsResult written =
                listOffsets(admin, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, patience);
        ListOffsetsResult readable = isolation == IsolationLevel.READ_UNCOMMITTED
                ? written
                : listOffsets(admin, partitions, OffsetSpec.latest(), isolation, patience);
        return new Ends(readable, written, patience);
    }

    /** Where logs end: for readers, and for all records. */
    record Ends(ListOffsetsResult readable, ListOffsetsResult written, Duration patience) {

        /** The ends of some partitions. Fails if one of them could not be asked, naming it. */
        CompletableFuture<Map<TopicPartition, PartitionBounds>> of(List<TopicPartition> partitions) {
            return offsets(readable, partitions, patience)
                    .thenCombine(offsets(written, partitions, patience), (ends, highWatermarks) -> {
                        Map<TopicPartition, PartitionBounds> bounds = new HashMap<>();
                        ends.forEach((partition, end) -> bounds.put(
                                partition, PartitionBounds.of(end, highWatermarks.getOrDefault(partition, end))));
                        return Map.copyOf(bounds);
                    });
        }
    }

    private static ListOffsetsResult listOffsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level, Duration patience) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(level).timeoutMs((int) patience.toMillis()));
    }

    private static CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            ListOffsetsResult result, List<TopicPartition> partitions, Duration patience) {
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> all =
                CompletableFuture.completedFuture(new HashMap<>());
        for (TopicPartition partition : partitions) {
            CompletableFuture<ListOffsetsResultInfo> one = naming(
                    partition,
                    MissingRight.named(MissingRight.DESCRIBE, within(patience, result.partitionResult(partition))));
            all = all.thenCombine(one, (offsets, offset) -> {
                offsets.put(partition, offset);
                return offsets;
            });
        }
        return all;
    }

    /**
     * Asks a leader for the producers of partitions. The question goes to this broker only, so a leader that died is
     * not searched for: Kafka's admin client would do that thousands of times a second.
     */
    static DescribeProducersResult producers(
            Admin admin, List<TopicPartition> partitions, int leader, Duration patience) {
        return admin.describeProducers(
                partitions, new DescribeProducersOptions().brokerId(leader).timeoutMs((int) patience.toMillis()));
    }

    /** The answer for a partition. A failure names the partition. */
    static <V> CompletableFuture<V> naming(TopicPartition partition, CompletableFuture<V> answer) {
        return answer.exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                new KafkaException("partition " + partition.partition(), Causes.of(thrown))));
    }

    /** The answer to another question, with the time limit. */
    static <V> CompletableFuture<V> within(Duration patience, KafkaFuture<V> answer) {
        return Deadline.of(answer, patience.plus(GRACE));
    }
}
