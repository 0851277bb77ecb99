package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker what a look-back in one topic has to know: which topic it is, and where its logs begin and end. The
 * consumer cannot know it: its polls are empty both when the broker is gone and when the topic was created again with
 * as many records. Nothing here blocks.
 */
final class LookBackProbe {

    /** How long the broker has for one answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Admin> admin;
    private final String topic;
    private final IsolationLevel isolation;

    LookBackProbe(Supplier<Admin> admin, KafkaSettings settings) {
        this.admin = admin;
        this.topic = settings.topic();
        this.isolation = settings.isolation();
    }

    CompletableFuture<Topic> describe() {
        return AdminQuestions.describe(admin.get(), List.of(topic), PATIENCE).get(0);
    }

    /**
     * The topic as it is now, and the bounds of these partitions. Fails if one of them cannot be asked, naming it. A
     * topic that was created again may lack some of them: those are left out, and so are those without a leader.
     */
    CompletableFuture<TopicBounds> ask(List<TopicPartition> partitions) {
        long askedAt = System.nanoTime();
        return describe().thenCompose(found -> {
            List<TopicPartition> there =
                    partitions.stream().filter(found::hasLeader).toList();
            return ask(askedAt, found, there);
        });
    }

    /** The bounds of all partitions of a topic that was described just now, except those without a leader. */
    CompletableFuture<TopicBounds> ask(Topic described) {
        return ask(System.nanoTime(), described, described.led());
    }

    private CompletableFuture<TopicBounds> ask(long askedAt, Topic described, List<TopicPartition> partitions) {
        return LeaderCheck.of(admin.get(), List.of(described), partitions, PATIENCE)
                .of(partitions)
                .thenCompose(all -> askLeaders(askedAt, described, partitions));
    }

    private CompletableFuture<TopicBounds> askLeaders(long askedAt, Topic described, List<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, ListOffsetsResultInfo>> begins =
                AdminQuestions.offsets(admin.get(), partitions, OffsetSpec.earliest(), PATIENCE);
        CompletableFuture<Map<TopicPartition, PartitionBounds>> ends = AdminQuestions.ends(
                        admin.get(), partitions, isolation, PATIENCE)
                .of(partitions);
        return begins.thenCombine(ends, (first, last) -> {
            Map<TopicPartition, PartitionBounds> bounds = new HashMap<>(last);
            first.forEach((partition, begin) ->
                    bounds.computeIfPresent(partition, (same, end) -> end.beginningAt(begin.offset())));
            return new TopicBounds(askedAt, described, bounds);
        });
    }

    /** Completes when the leaders of a topic that was just created answer for it. */
    CompletableFuture<?> awaitLeaders(Topic created) {
        return AdminQuestions.offsets(admin.get(), created.led(), OffsetSpec.latest(), PATIENCE);
    }

    /**
     * For each partition an offset that its log reaches at least, although a reader may not see that far yet. Fails
     * like the others.
     */
    CompletableFuture<Map<TopicPartition, Long>> hidden(Topic described) {
        return isolation == IsolationLevel.READ_UNCOMMITTED
                ? CompletableFuture.completedFuture(Map.of())
                : OpenTransactions.ask(admin.get(), described, PATIENCE);
    }
}
