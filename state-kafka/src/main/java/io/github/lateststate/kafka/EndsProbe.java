package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker for the truth about topics that are followed, however many, in three calls: whether they are still the same, and
 * where their logs end. Each topic has an answer of its own, so that one that is gone, or has no leader, keeps no other waiting.
 * Nothing here blocks.
 */
final class EndsProbe {

    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Admin admin;
    private final IsolationLevel isolation;

    EndsProbe(Admin admin, IsolationLevel isolation) {
        this.admin = admin;
        this.isolation = isolation;
    }

    /** Where the logs end: for readers, and at all. */
    private record Ends(ListOffsetsResult readable, ListOffsetsResult written) {

        CompletableFuture<Map<TopicPartition, Bounds>> of(List<TopicPartition> partitions) {
            return TopicProbe.offsets(readable, partitions)
                    .thenCombine(TopicProbe.offsets(written, partitions), (ends, highWatermarks) -> {
                        Map<TopicPartition, Bounds> bounds = new HashMap<>();
                        ends.forEach((partition, end) -> bounds.put(
                                partition,
                                new Bounds(Bounds.NOT_ASKED, end, highWatermarks.getOrDefault(partition, end))));
                        return Map.copyOf(bounds);
                    });
        }
    }

    /** A topic as it is followed, and what is said of it now. */
    private record Question(Topic followed, CompletableFuture<Topic> described) {

        /** The followed partitions; a topic that was created again may lack some of them. */
        Stream<TopicPartition> partitions() {
            return described.isCompletedExceptionally()
                    ? Stream.empty()
                    : followed.partitions().stream()
                            .filter(partition ->
                                    partition.partition() < described.join().size());
        }
    }

    /**
     * Asks.
     *
     * @param followed the topics as they are followed
     * @return in the same order each topic as it is now, and the ends of those followed partitions that are still there; fails if one
     *     of them cannot be asked, naming it
     */
    List<CompletableFuture<LogBounds>> ask(List<Topic> followed) {
        long askedAt = System.nanoTime();
        List<CompletableFuture<Topic>> described =
                TopicProbe.describe(admin, followed.stream().map(Topic::name).toList(), TopicProbe.PATIENCE);
        List<Question> questions = IntStream.range(0, followed.size())
                .mapToObj(i -> new Question(followed.get(i), described.get(i)))
                .toList();
        CompletableFuture<Ends> ends = CompletableFuture.allOf(described.toArray(CompletableFuture<?>[]::new))
                .handle((all, someFailed) ->
                        ends(questions.stream().flatMap(Question::partitions).toList()));
        return questions.stream()
                .map(question -> question.described()
                        .thenCompose(found -> ends.thenCompose(
                                        asked -> asked.of(question.partitions().toList()))
                                .exceptionallyCompose(failed -> whyOf(question.followed(), failed))
                                .thenApply(bounds -> new LogBounds(askedAt, found, bounds))))
                .toList();
    }

    /** The leader of a topic that has just been deleted is looked for in vain, and only that it took too long would be known. */
    private <T> CompletableFuture<T> whyOf(Topic topic, Throwable failed) {
        return TopicProbe.describe(admin, List.of(topic.name()), PATIENCE_AFTER_FAILURE)
                .get(0)
                .handle((there, gone) -> Causes.isTopicMissing(gone) ? gone : failed)
                .thenCompose(CompletableFuture::failedFuture);
    }

    private Ends ends(List<TopicPartition> partitions) {
        ListOffsetsResult written = latest(partitions, IsolationLevel.READ_UNCOMMITTED);
        return new Ends(
                isolation == IsolationLevel.READ_UNCOMMITTED ? written : latest(partitions, isolation), written);
    }

    private ListOffsetsResult latest(List<TopicPartition> partitions, IsolationLevel level) {
        return TopicProbe.listOffsets(admin, partitions, OffsetSpec.latest(), level);
    }
}
