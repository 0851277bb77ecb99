package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The library's own time limit for an answer. Some versions of Kafka's admin client ignore the limit that a question
 * sets.
 */
final class Deadline {

    private Deadline() {}

    /** The answer, or a {@link TimeoutException} if it does not come in time. */
    @SuppressWarnings("FutureReturnValueIgnored") // both of its outcomes are passed on
    static <V> CompletableFuture<V> of(KafkaFuture<V> answer, Duration patience) {
        CompletableFuture<V> own = new CompletableFuture<>();
        answer.toCompletionStage().whenComplete((value, thrown) -> {
            if (thrown == null) {
                own.complete(value);
            } else {
                own.completeExceptionally(thrown);
            }
        });
        return within(own, patience);
    }

    /** The answer, or a {@link TimeoutException} if it does not come in time. */
    static <V> CompletableFuture<V> within(CompletableFuture<V> answer, Duration patience) {
        return answer.copy()
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                        Causes.of(thrown) instanceof java.util.concurrent.TimeoutException
                                ? new TimeoutException("no answer within " + patience.toMillis() + " ms")
                                : thrown));
    }
}
