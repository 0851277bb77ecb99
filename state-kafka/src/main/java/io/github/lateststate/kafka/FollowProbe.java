package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker about followed topics, any number of them in a few calls: whether they are still the same, and where
 * their logs end. Each topic has its own answer, so a topic that is gone or has no leader does not delay the others.
 * Nothing here blocks.
 */
final class FollowProbe {

    /** How long the broker has for one answer. */
    private static final Duration ANSWER = Duration.ofMillis(2_500);

    /**
     * How long it has for all answers. Together with the time between two questions this is less than 15 s, in which an
     * outage must be seen.
     */
    static final Duration PATIENCE = Duration.ofMillis(6_500);

    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Admin admin;
    private final IsolationLevel isolation;

    FollowProbe(Admin admin, IsolationLevel isolation) {
        this.admin = admin;
        this.isolation = isolation;
    }

    /** A topic as it is followed, and as the broker describes it now. */
    private record Question(Topic followed, CompletableFuture<Topic> described) {

        /** The followed partitions that can be asked. Excludes partitions that are gone or have no leader. */
        Stream<TopicPartition> partitions() {
            return described.isCompletedExceptionally()
                    ? Stream.empty()
                    : followed.partitions().stream().filter(described.join()::hasLeader);
        }
    }

    /**
     * Asks about topics.
     *
     * @param followed the topics as they are followed
     * @return in the same order, each topic as it is now, and the ends of those followed partitions that still exist
     *     and have a leader; fails if one of them cannot be asked, naming it
     */
    List<CompletableFuture<TopicBounds>> ask(List<Topic> followed) {
        long askedAt = System.nanoTime();
        List<CompletableFuture<Topic>> described = AdminQuestions.describeAgain(admin, followed, ANSWER);
        List<Question> questions = IntStream.range(0, followed.size())
                .mapToObj(i -> new Question(followed.get(i), described.get(i)))
                .toList();
        CompletableFuture<LeaderCheck> leaders = CompletableFuture.allOf(described.toArray(CompletableFuture<?>[]::new))
                .handle((all, someFailed) -> checkLeaders(questions))
                .thenCompose(check -> check.over().thenApply(over -> check));
        CompletableFuture<AdminQuestions.Ends> ends = leaders.thenApply(check -> AdminQuestions.ends(
                admin,
                questions.stream()
                        .flatMap(Question::partitions)
                        .filter(check::hasAnswered)
                        .toList(),
                isolation,
                ANSWER));
        return questions.stream()
                .map(question -> question.described()
                        .thenCompose(found -> leaders.thenCompose(
                                        check -> check.of(question.partitions().toList()))
                                .thenCombine(ends, (answered, asked) -> asked)
                                .thenCompose(
                                        asked -> asked.of(question.partitions().toList()))
                                .exceptionallyCompose(failed -> whyOf(question.followed(), failed))
                                .thenApply(bounds -> new TopicBounds(askedAt, found, bounds))))
                .map(answer -> Deadline.within(answer, PATIENCE))
                .toList();
    }

    private LeaderCheck checkLeaders(List<Question> questions) {
        List<Topic> found = questions.stream()
                .filter(question -> !question.described().isCompletedExceptionally())
                .map(question -> question.described().join())
                .toList();
        return LeaderCheck.of(
                admin, found, questions.stream().flatMap(Question::partitions).toList(), ANSWER);
    }

    /**
     * If a topic was just deleted, the search for its leader fails with a time-out that does not say why. This asks for
     * the topic to find the reason.
     */
    private <T> CompletableFuture<T> whyOf(Topic topic, Throwable failed) {
        return AdminQuestions.describe(admin, List.of(topic.name()), PATIENCE_AFTER_FAILURE)
                .get(0)
                .handle((there, gone) -> Causes.isTopicMissing(gone) ? gone : failed)
                .thenCompose(CompletableFuture::failedFuture);
    }
}
