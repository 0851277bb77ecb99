package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Asks the leaders of a topic whether open transactions hide records from a reader. That takes one request to each
 * leader. Brokers before Kafka 2.8 refuse the question. Such a broker is alive, and is asked for its offsets.
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
        Map<TopicPartition, CompletableFuture<Optional<PartitionProducerState>>> answers = new HashMap<>();
        topic.led().stream().collect(Collectors.groupingBy(topic::leader)).forEach((leader, partitions) -> {
            DescribeProducersResult result = AdminQuestions.producers(admin, partitions, leader, patience);
            partitions.forEach(partition -> answers.put(
                    partition,
                    AdminQuestions.naming(
                            partition,
                            unlessRefused(AdminQuestions.within(patience, result.partitionResult(partition))))));
        });
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .thenCompose(all -> {
                    Map<TopicPartition, Long> reached = new HashMap<>();
                    List<TopicPartition> refused = new ArrayList<>();
                    answers.forEach((partition, answer) -> answer.join()
                            .ifPresentOrElse(
                                    state -> reached.put(partition, endOfNewest(state)), () -> refused.add(partition)));
                    return refused.isEmpty()
                            ? CompletableFuture.completedFuture(reached)
                            : AdminQuestions.offsets(admin, refused, OffsetSpec.latest(), patience)
                                    .thenApply(offsets -> {
                                        offsets.forEach((partition, end) -> reached.put(partition, end.offset()));
                                        return reached;
                                    });
                });
    }

    private static long endOfNewest(PartitionProducerState state) {
        return state.activeProducers().stream()
                .map(ProducerState::currentTransactionStartOffset)
                .flatMapToLong(OptionalLong::stream)
                .map(start -> start + 1)
                .max()
                .orElse(0);
    }

    /** A refusal is an answer. Without an answer, or if it leads no more, the leader must not be asked for offsets. */
    private static CompletableFuture<Optional<PartitionProducerState>> unlessRefused(
            CompletableFuture<PartitionProducerState> answer) {
        return answer.thenApply(Optional::of)
                .exceptionallyCompose(thrown -> Causes.has(thrown, RetriableException.class)
                        ? CompletableFuture.failedFuture(thrown)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }
}
