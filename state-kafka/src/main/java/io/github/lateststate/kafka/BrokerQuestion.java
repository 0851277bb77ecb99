package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Follower} asks the broker every few seconds: when it is due, whether an answer is on its way, and who did not answer.
 * For the thread of the loop.
 */
final class BrokerQuestion {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private long next = System.nanoTime();
    private @Nullable CompletableFuture<LogBounds> asking;
    private boolean unanswered;
    private boolean askedAgain;
    private @Nullable Throwable missingAnswer;
    private @Nullable SilentBrokers silent;

    BrokerQuestion(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Whether it is due by this time. */
    boolean isDueBy(long nanoTime) {
        return asking == null && nanoTime - next >= 0;
    }

    /** Has it asked now, if it is not being asked. */
    void askSoon() {
        next = System.nanoTime();
    }

    /** Whether an answer is on its way. */
    boolean isAsked() {
        return asking != null;
    }

    /** Says that it is asked. */
    void asked(CompletableFuture<LogBounds> answer) {
        asking = answer;
    }

    /** The outcome, once it is there; it is returned once. */
    Optional<CompletableFuture<LogBounds>> outcome() {
        CompletableFuture<LogBounds> done = asking;
        if (done == null || !done.isDone()) {
            return Optional.empty();
        }
        asking = null;
        return Optional.of(done);
    }

    /** Says that the broker has answered. */
    void answered() {
        unanswered = false;
        askedAgain = false;
        missingAnswer = null;
        silent = null;
        next = System.nanoTime() + EVERY.toNanos();
    }

    /**
     * Says that there was no answer that counts.
     *
     * @return what to report; nothing at first, if it may be due to a connection that died unnoticed: then another client asks at once
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

    /** Whether the last time there was no answer in time: the admin client may wait on a connection that died unnoticed. */
    boolean wasUnanswered() {
        return unanswered;
    }

    /** How to find out which broker is silent: nothing if none is, or if that is known. */
    Optional<Supplier<Throwable>> whoIsSilent() {
        Throwable noAnswer = missingAnswer;
        return noAnswer == null || silent != null || !SilentBrokers.isMissingAnswer(noAnswer)
                ? Optional.empty()
                : Optional.of(() -> SilentBrokers.named(noAnswer, settings));
    }

    /**
     * Says which brokers gave no answer.
     *
     * @return whether there is still none
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
