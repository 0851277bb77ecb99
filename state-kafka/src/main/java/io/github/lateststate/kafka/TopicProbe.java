package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker for the truth about a topic. The consumer cannot tell it: with the broker gone its polls are empty, and so
 * they are after a topic was created anew with as many records. Nothing here blocks.
 */
final class TopicProbe {

    /** How long the broker has for one answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int PATIENCE_MS = (int) PATIENCE.toMillis();

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

    /** Asks for several topics at once; each has an answer of its own, in the same order. */
    static List<CompletableFuture<Topic>> describe(Admin admin, List<String> topics, Duration patience) {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs((int) patience.toMillis()))
                .topicNameValues();
        return topics.stream()
                .map(name -> stage(Objects.requireNonNull(answers.get(name), "who is asked for has an answer"))
                        .thenApply(found -> new Topic(
                                name, found.topicId(), found.partitions().size())))
                .toList();
    }

    /**
     * The topic as it is now, and the bounds of these partitions; fails if one of them cannot be asked, naming it. A topic that
     * was created again may lack some of them: those are left out.
     */
    CompletableFuture<LogBounds> ask(List<TopicPartition> partitions) {
        long askedAt = System.nanoTime();
        return describe().thenCompose(found -> {
            List<TopicPartition> there = partitions.stream()
                    .filter(partition -> partition.partition() < found.size())
                    .toList();
            return ask(askedAt, found, there);
        });
    }

    /** The bounds of all partitions of a topic that was described just now. */
    CompletableFuture<LogBounds> ask(Topic described) {
        return ask(System.nanoTime(), described, described.partitions());
    }

    private CompletableFuture<LogBounds> ask(long askedAt, Topic described, List<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, Long>> begins =
                offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        CompletableFuture<Map<TopicPartition, Long>> highWatermarks = highWatermarks(partitions);
        CompletableFuture<Map<TopicPartition, Long>> ends = isolation == IsolationLevel.READ_UNCOMMITTED
                ? highWatermarks
                : offsets(partitions, OffsetSpec.latest(), isolation);
        return CompletableFuture.allOf(begins, highWatermarks, ends).thenApply(all -> {
            Map<TopicPartition, Bounds> bounds = new HashMap<>();
            begins.join()
                    .forEach((partition, begin) -> bounds.put(
                            partition,
                            new Bounds(
                                    begin,
                                    ends.join().getOrDefault(partition, begin),
                                    highWatermarks.join().getOrDefault(partition, begin))));
            return new LogBounds(askedAt, described, bounds);
        });
    }

    /** The offsets behind the last acknowledged records; fails as the others do. */
    CompletableFuture<Map<TopicPartition, Long>> highWatermarks(List<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private CompletableFuture<Map<TopicPartition, Long>> offsets(
            List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level) {
        return offsets(listOffsets(admin, partitions, spec, level), partitions);
    }

    static ListOffsetsResult listOffsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                new ListOffsetsOptions(level).timeoutMs(PATIENCE_MS));
    }

    /** What was answered of these partitions; fails if one of them could not be asked, naming it. */
    static CompletableFuture<Map<TopicPartition, Long>> offsets(
            ListOffsetsResult result, List<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, Long>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (TopicPartition partition : partitions) {
            CompletableFuture<Long> one = stage(result.partitionResult(partition))
                    .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                            new KafkaException("partition " + partition.partition(), Causes.of(thrown))));
            all = all.thenCombine(one, (offsets, offset) -> {
                offsets.put(partition, offset);
                return offsets;
            });
        }
        return all;
    }

    static <V> CompletableFuture<V> stage(KafkaFuture<V> future) {
        return future.toCompletionStage().toCompletableFuture();
    }
}
