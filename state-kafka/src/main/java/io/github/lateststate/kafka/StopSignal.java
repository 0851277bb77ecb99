package io.github.lateststate.kafka;

import io.github.lateststate.spi.StoppedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Ends every wait of the subscription's thread as soon as it is closed. Thread-safe. */
final class StopSignal {

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile Runnable wake = () -> {};

    void stop() {
        stopped.complete(null);
        wake.run();
    }

    boolean isSet() {
        return stopped.isDone();
    }

    /** Sets how to wake the thread while it waits for something else. Replaces the earlier action. */
    void wakeBy(Runnable action) {
        wake = action;
        if (isSet()) {
            action.run();
        }
    }

    /** This answer, or a {@link StoppedException} as soon as it is closed. */
    private <V> CompletableFuture<V> orStopped(CompletableFuture<V> answer) {
        return CompletableFuture.anyOf(answer, stopped)
                .thenCompose(first -> isSet() ? CompletableFuture.failedFuture(new StoppedException()) : answer);
    }

    /** Waits for an answer that has its own deadline, but ends as soon as it is closed. */
    <V> V await(CompletableFuture<V> answer) {
        try {
            return orStopped(answer).get();
        } catch (InterruptedException e) {
            throw unexpected(e);
        } catch (ExecutionException e) {
            Throwable cause = Causes.of(e);
            throw cause instanceof RuntimeException runtime ? runtime : new KafkaException(cause);
        }
    }

    /** Only a decoder that set the flag interrupts the subscription's thread. The next try starts without the flag. */
    private static RuntimeException unexpected(Exception e) {
        return e instanceof InterruptedException interrupted
                ? new InterruptException(interrupted)
                : new KafkaException(e);
    }
}
