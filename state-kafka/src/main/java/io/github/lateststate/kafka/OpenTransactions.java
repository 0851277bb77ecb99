package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Asks the leaders of a topic whether open transactions hide records from a reader. The question goes to each leader
 * directly, so it takes one request, and a leader that died meanwhile is not searched for: Kafka's admin client would
 * do that thousands of times a second. Brokers before Kafka 2.8 refuse the question. Such a broker is alive, and is
 * asked for its offsets.
 */
final class OpenTransactions {

    private OpenTransactions() {}

    /**
     * Asks for each partition that has a leader. Does not block.
     *
     * @return for each partition an offset that its log reaches at least: the one after the start of the newest open
     *     transaction, or 0 if none is open; from brokers that refuse the question, the high watermark; fails if a
     *     leader does not answer, naming the partition
     */
    static CompletableFuture<Map<TopicPartition, Long>> ask(Admin admin, Topic topic, Duration patience) {
        Map<TopicPartition, CompletableFuture<Long>> answers = new HashMap<>();
        Map<Integer, List<TopicPartition>> byLeader =
                topic.led().stream().collect(Collectors.groupingBy(topic::leader));
        byLeader.forEach((leader, partitions) -> {
            DescribeProducersResult result = admin.describeProducers(
                    partitions, new DescribeProducersOptions().brokerId(leader).timeoutMs((int) patience.toMillis()));
            for (TopicPartition partition : partitions) {
                answers.put(
                        partition,
                        AdminQuestions.within(patience, result.partitionResult(partition))
                                .thenApply(OpenTransactions::endOfNewest)
                                .exceptionallyCompose(thrown -> afterRefusal(admin, partition, thrown, patience)));
            }
        });
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> answers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, answer -> answer.getValue().join())));
    }

    private static long endOfNewest(PartitionProducerState state) {
        return state.activeProducers().stream()
                .map(ProducerState::currentTransactionStartOffset)
                .flatMap(start -> start.isPresent() ? Stream.of(start.getAsLong() + 1) : Stream.empty())
                .max(Long::compare)
                .orElse(0L);
    }

    /** A refusal is an answer. Without an answer, or if it leads no more, the leader must not be asked for offsets. */
    private static CompletableFuture<Long> afterRefusal(
            Admin admin, TopicPartition partition, Throwable thrown, Duration patience) {
        return Causes.has(thrown, RetriableException.class)
                ? CompletableFuture.failedFuture(
                        new KafkaException("partition " + partition.partition(), Causes.of(thrown)))
                : AdminQuestions.offsets(admin, List.of(partition), OffsetSpec.latest(), patience)
                        .thenApply(offsets -> offsets.get(partition))
                        .thenApply(ListOffsetsResultInfo::offset);
    }
}
