package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the broker for the truth about topics that are followed, however many, in a few calls: whether they are still the same, and
 * where their logs end. Each topic has an answer of its own, so that one that is gone, or has no leader, keeps no other waiting.
 * Nothing here blocks.
 */
final class EndsProbe {

    /** How long the broker has for one answer, the first time and the second. */
    private static final Duration TRY = Duration.ofMillis(2_500);

    /** How long it has for all: together with the time between two questions less than the 15 s in which an outage is seen. */
    private static final Duration PATIENCE = Duration.ofMillis(6_500);

    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Admin admin;
    private final IsolationLevel isolation;

    EndsProbe(Admin admin, IsolationLevel isolation) {
        this.admin = admin;
        this.isolation = isolation;
    }

    /** A topic as it is followed, and what is said of it now. */
    private record Question(Topic followed, CompletableFuture<Topic> described) {

        /** The followed partitions that can be asked: not those that are gone, or have no leader. */
        Stream<TopicPartition> partitions() {
            return described.isCompletedExceptionally()
                    ? Stream.empty()
                    : followed.partitions().stream().filter(described.join()::hasLeader);
        }
    }

    /**
     * Asks, and asks once more if there is no answer. By then the admin client has left the connection on which none came: it may have
     * died unnoticed.
     *
     * @param followed the topics as they are followed
     * @return in the same order each topic as it is now, and the ends of those followed partitions that are still there and have a
     *     leader; fails if one of them cannot be asked, naming it
     */
    List<CompletableFuture<LogBounds>> ask(List<Topic> followed) {
        List<CompletableFuture<LogBounds>> first = askOnce(followed);
        CompletableFuture<Map<Topic, CompletableFuture<LogBounds>>> second = CompletableFuture.allOf(
                        first.toArray(CompletableFuture<?>[]::new))
                .handle((all, someFailed) -> again(IntStream.range(0, followed.size())
                        .filter(i -> isUnanswered(first.get(i)))
                        .mapToObj(followed::get)
                        .toList()));
        return IntStream.range(0, followed.size())
                .mapToObj(i -> Deadline.within(
                        first.get(i)
                                .exceptionallyCompose(thrown -> Causes.has(thrown, TimeoutException.class)
                                        ? second.thenCompose(answers -> answers.getOrDefault(
                                                followed.get(i), CompletableFuture.failedFuture(thrown)))
                                        : CompletableFuture.failedFuture(thrown)),
                        PATIENCE))
                .toList();
    }

    private Map<Topic, CompletableFuture<LogBounds>> again(List<Topic> unanswered) {
        Map<Topic, CompletableFuture<LogBounds>> answers = new HashMap<>();
        List<CompletableFuture<LogBounds>> asked = unanswered.isEmpty() ? List.of() : askOnce(unanswered);
        IntStream.range(0, asked.size()).forEach(i -> answers.put(unanswered.get(i), asked.get(i)));
        return answers;
    }

    private static boolean isUnanswered(CompletableFuture<LogBounds> answer) {
        return answer.handle((bounds, thrown) -> thrown != null && Causes.has(thrown, TimeoutException.class))
                .join();
    }

    private List<CompletableFuture<LogBounds>> askOnce(List<Topic> followed) {
        long askedAt = System.nanoTime();
        List<CompletableFuture<Topic>> described =
                TopicProbe.describe(admin, followed.stream().map(Topic::name).toList(), TRY);
        List<Question> questions = IntStream.range(0, followed.size())
                .mapToObj(i -> new Question(followed.get(i), described.get(i)))
                .toList();
        CompletableFuture<LeaderCheck> leaders = CompletableFuture.allOf(described.toArray(CompletableFuture<?>[]::new))
                .handle((all, someFailed) -> checkLeaders(questions))
                .thenCompose(check -> check.over().thenApply(over -> check));
        CompletableFuture<TopicProbe.Ends> ends = leaders.thenApply(check -> TopicProbe.ends(
                admin,
                questions.stream()
                        .flatMap(Question::partitions)
                        .filter(check::hasAnswered)
                        .toList(),
                isolation,
                TRY));
        return questions.stream()
                .map(question -> question.described()
                        .thenCompose(found -> leaders.thenCompose(
                                        check -> check.of(question.partitions().toList()))
                                .thenCombine(ends, (answered, asked) -> asked)
                                .thenCompose(
                                        asked -> asked.of(question.partitions().toList()))
                                .exceptionallyCompose(failed -> whyOf(question.followed(), failed))
                                .thenApply(bounds -> new LogBounds(askedAt, found, bounds))))
                .toList();
    }

    private LeaderCheck checkLeaders(List<Question> questions) {
        List<Topic> found = questions.stream()
                .filter(question -> !question.described().isCompletedExceptionally())
                .map(question -> question.described().join())
                .toList();
        return LeaderCheck.of(
                admin, found, questions.stream().flatMap(Question::partitions).toList(), TRY);
    }

    /** The leader of a topic that has just been deleted is looked for in vain, and only that it took too long would be known. */
    private <T> CompletableFuture<T> whyOf(Topic topic, Throwable failed) {
        return TopicProbe.describe(admin, List.of(topic.name()), PATIENCE_AFTER_FAILURE)
                .get(0)
                .handle((there, gone) -> Causes.isTopicMissing(gone) ? gone : failed)
                .thenCompose(CompletableFuture::failedFuture);
    }
}
