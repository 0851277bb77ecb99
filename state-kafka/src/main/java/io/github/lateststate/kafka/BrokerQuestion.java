package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The question that one {@link Follower} asks the broker every few seconds: when it is due, whether its answer is on
 * the way, and which brokers did not answer. For the thread of the loop.
 */
final class BrokerQuestion {

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Followers due within this window are asked about in the same batch. */
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);

    /** The longest wait between two looks for an answer, also while there is no question. */
    static final Duration RAREST_LOOK = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private long next = System.nanoTime();
    private @Nullable CompletableFuture<TopicBounds> asking;
    private long askedAt;
    private boolean unanswered;
    private boolean askedAgain;
    private @Nullable Throwable missingAnswer;
    private @Nullable SilentBrokers silent;

    BrokerQuestion(KafkaSettings settings) {
        this.settings = settings;
    }

    /** The followers whose questions are asked now, together; empty if none is due. */
    static List<Follower> due(Collection<Follower> followers) {
        long now = System.nanoTime();
        return followers.stream().noneMatch(follower -> isDue(follower, now))
                ? List.of()
                : followers.stream()
                        .filter(follower -> isDue(follower, now + TOGETHER_NANOS))
                        .toList();
    }

    private static boolean isDue(Follower follower, long nanoTime) {
        return !follower.ended().isDone() && follower.question().isDueBy(nanoTime);
    }

    /** Whether it is due by this time. */
    boolean isDueBy(long nanoTime) {
        return asking == null && nanoTime - next >= 0;
    }

    /** Makes the question due now, unless it is being asked. */
    void askSoon() {
        next = System.nanoTime();
    }

    /** How long to wait before the next look for an answer. */
    Duration untilNextLook() {
        return asking == null ? RAREST_LOOK : untilNextLook(Duration.ofNanos(System.nanoTime() - askedAt));
    }

    /**
     * If an answer takes longer, the looks get rarer. A thousand states that look often would take the time that the
     * answers need.
     *
     * @param underWay how long ago the question was asked
     */
    static Duration untilNextLook(Duration underWay) {
        return Duration.ofMillis(
                Math.min(Math.max(underWay.toMillis(), FIRST_LOOK.toMillis()), RAREST_LOOK.toMillis()));
    }

    /** Notes that the question is asked. */
    void asked(CompletableFuture<TopicBounds> answer) {
        asking = answer;
        askedAt = System.nanoTime();
    }

    /** Returns the outcome when it is there. Returns it only once. */
    Optional<CompletableFuture<TopicBounds>> outcome() {
        CompletableFuture<TopicBounds> done = asking;
        if (done == null || !done.isDone()) {
            return Optional.empty();
        }
        asking = null;
        return Optional.of(done);
    }

    /** Notes that the broker has answered. */
    void answered() {
        unanswered = false;
        askedAgain = false;
        missingAnswer = null;
        silent = null;
        next = System.nanoTime() + EVERY.toNanos();
    }

    /**
     * Waits with the first question, because the look-back has just read from the broker. If many instances start at
     * once, each waits for another time.
     */
    void askLater() {
        next = System.nanoTime()
                + Duration.ofMillis(ThreadLocalRandom.current().nextLong(2_000, EVERY.toMillis()))
                        .toNanos();
    }

    /**
     * Notes that there was no valid answer.
     *
     * @return what to report; empty the first time if a connection may have died unnoticed, because another client then
     *     asks at once
     */
    Optional<Throwable> failed(Throwable cause) {
        unanswered = Causes.has(cause, TimeoutException.class);
        if (unanswered && !askedAgain) {
            askedAgain = true;
            next = System.nanoTime();
            return Optional.empty();
        }
        next = System.nanoTime() + untilNextTry().toNanos();
        missingAnswer = unanswered ? cause : null;
        return Optional.of(missingAnswer != null && silent != null ? silent : cause);
    }

    /**
     * Whether the last question got no answer in time: the admin client may wait on a connection that died unnoticed.
     */
    boolean wasUnanswered() {
        return unanswered;
    }

    /** How to find out which broker is silent; empty if none is silent, or if it is known. */
    Optional<Supplier<Throwable>> silentBrokers() {
        Throwable noAnswer = missingAnswer;
        return noAnswer == null || silent != null || !SilentBrokers.isMissingAnswer(noAnswer)
                ? Optional.empty()
                : Optional.of(() -> SilentBrokers.named(noAnswer, settings));
    }

    /**
     * Names the brokers that gave no answer.
     *
     * @return whether there is still no answer
     */
    boolean name(SilentBrokers brokers) {
        if (missingAnswer == null) {
            return false;
        }
        silent = brokers;
        return true;
    }

    private static Duration untilNextTry() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, 1_000));
    }
}
