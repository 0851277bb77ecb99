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
 * Asks the broker what is true of a topic. The consumer cannot know it: its polls are empty both when the broker is
 * gone and when the topic was created again with as many records. Nothing here blocks.
 */
final class TopicProbe {

    /** How long the broker has for one answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The client's own limit comes first, because its message says more. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Admin admin;
    private final String topic;
    private final IsolationLevel isolation;

    TopicProbe(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.topic = settings.topic();
        this.isolation = settings.isolation();
    }

    CompletableFuture<Topic> describe() {
        return describe(admin, List.of(topic), PATIENCE).get(0);
    }

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

    /**
     * The topic as it is now, and the bounds of these partitions. Fails if one of them cannot be asked, naming it. A
     * topic that was created again may lack some of them: those are left out, and so are those without a leader.
     */
    CompletableFuture<LogBounds> ask(List<TopicPartition> partitions) {
        long askedAt = System.nanoTime();
        return describe().thenCompose(found -> {
            List<TopicPartition> there =
                    partitions.stream().filter(found::hasLeader).toList();
            return ask(askedAt, found, there);
        });
    }

    /** The bounds of all partitions of a topic that was described just now, except those without a leader. */
    CompletableFuture<LogBounds> ask(Topic described) {
        return ask(System.nanoTime(), described, described.led());
    }

    private CompletableFuture<LogBounds> ask(long askedAt, Topic described, List<TopicPartition> partitions) {
        return LeaderCheck.of(admin, List.of(described), partitions, PATIENCE)
                .of(partitions)
                .thenCompose(all -> askLeaders(askedAt, described, partitions));
    }

    private CompletableFuture<LogBounds> askLeaders(long askedAt, Topic described, List<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> begins =
                offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        CompletableFuture<Map<TopicPartition, Bounds>> ends =
                ends(admin, partitions, isolation, PATIENCE).of(partitions);
        return begins.thenCombine(ends, (first, last) -> {
            Map<TopicPartition, Bounds> bounds = new HashMap<>(last);
            first.forEach((partition, begin) ->
                    bounds.computeIfPresent(partition, (same, end) -> end.beginningAt(begin.offset())));
            return new LogBounds(askedAt, described, bounds);
        });
    }

    /** Completes when the leaders of a topic that was just created answer for it. */
    CompletableFuture<?> awaitLeaders(Topic created) {
        return offsets(created.led(), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * The offsets after the last acknowledged records, and the epochs of the leaders. Fails like the others. Ask only
     * if the leaders have just answered something else.
     */
    CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> highWatermarks(Topic described) {
        return offsets(described.led(), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level) {
        return offsets(listOffsets(admin, partitions, spec, level, PATIENCE), partitions, PATIENCE);
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
        CompletableFuture<Map<TopicPartition, Bounds>> of(List<TopicPartition> partitions) {
            return offsets(readable, partitions, patience)
                    .thenCombine(offsets(written, partitions, patience), (ends, highWatermarks) -> {
                        Map<TopicPartition, Bounds> bounds = new HashMap<>();
                        ends.forEach((partition, end) ->
                                bounds.put(partition, Bounds.of(end, highWatermarks.getOrDefault(partition, end))));
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
            CompletableFuture<ListOffsetsResultInfo> one = MissingRight.named(
                            MissingRight.DESCRIBE, Deadline.of(result.partitionResult(partition), patience.plus(GRACE)))
                    .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                            new KafkaException("partition " + partition.partition(), Causes.of(thrown))));
            all = all.thenCombine(one, (offsets, offset) -> {
                offsets.put(partition, offset);
                return offsets;
            });
        }
        return all;
    }

    /** An answer with the library's own time limit. */
    static <V> CompletableFuture<V> stage(KafkaFuture<V> future) {
        return Deadline.of(future, PATIENCE.plus(GRACE));
    }
}
