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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks each leader one small question, to see whether it answers. Kafka's admin client must not ask a dead leader for
 * offsets: once the cluster reports that the partition has no leader, the client asks for another one thousands of
 * times a second. A question to one broker does not cause that.
 */
final class LeaderCheck {

    private final Map<TopicPartition, Integer> leaders;
    private final Map<Integer, CompletableFuture<Void>> answers;

    private LeaderCheck(Map<TopicPartition, Integer> leaders, Map<Integer, CompletableFuture<Void>> answers) {
        this.leaders = leaders;
        this.answers = answers;
    }

    /** Asks the leaders of partitions of these topics. Does not block. */
    static LeaderCheck of(Admin admin, List<Topic> topics, List<TopicPartition> partitions, Duration patience) {
        Map<String, Topic> byName = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        Map<TopicPartition, Integer> leaders = new HashMap<>();
        Map<Integer, CompletableFuture<Void>> answers = new HashMap<>();
        for (TopicPartition partition : partitions) {
            int leader = Objects.requireNonNull(byName.get(partition.topic()), "its topic was described")
                    .leader(partition);
            leaders.put(partition, leader);
            if (leader != Topic.NO_LEADER) {
                answers.computeIfAbsent(leader, id -> ask(admin, id, partition, patience));
            }
        }
        return new LeaderCheck(leaders, answers);
    }

    /** Completes when the leaders of these partitions have answered. Fails if one of them does not, naming it. */
    CompletableFuture<Void> of(List<TopicPartition> partitions) {
        return CompletableFuture.allOf(partitions.stream()
                .filter(partition -> answers.containsKey(leaders.get(partition)))
                .map(partition -> Objects.requireNonNull(answers.get(leaders.get(partition)))
                        .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(new KafkaException(
                                "broker " + leaders.get(partition) + ", which leads partition " + partition.partition()
                                        + ", does not answer",
                                Causes.of(thrown)))))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Whether the leader of a partition has answered. Ask when all leaders have answered or timed out. */
    boolean hasAnswered(TopicPartition partition) {
        CompletableFuture<Void> answer = answers.get(leaders.get(partition));
        return answer == null || !answer.isCompletedExceptionally();
    }

    /** Completes when each leader has answered or timed out. */
    CompletableFuture<Void> over() {
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture<?>[]::new))
                .handle((all, someFailed) -> null);
    }

    /** A refusal is an answer, even one by a broker that does not know the question. */
    private static CompletableFuture<Void> ask(Admin admin, int leader, TopicPartition partition, Duration patience) {
        return Deadline.of(
                        AdminQuestions.producers(admin, List.of(partition), leader, patience)
                                .partitionResult(partition),
                        patience)
                .handle((state, thrown) -> {
                    if (thrown != null && Causes.has(thrown, TimeoutException.class)) {
                        throw new KafkaException(Causes.of(thrown));
                    }
                    return null;
                });
    }
}
