package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import io.github.lateststate.engine.Failures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what an instance registered, when it is closed. */
final class Deregistration {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    /** What is left of the time to close after the client has used its share. */
    private static final Duration PATIENCE = Duration.ofMillis(1_800);

    private static final Duration NEXT_TRY = Duration.ofMillis(200);

    private Deregistration() {}

    /**
     * Deregisters the consumer. Blocks for a short time. A consumer that is still being created cannot be removed yet.
     */
    static void of(FanOut fanOut, String name) {
        CompletableFuture<?> registering = fanOut.registering();
        if (registering == null) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Throwable last = await(registering, deadline);
        while (System.nanoTime() - deadline < 0) {
            last = await(fanOut.calls().deregister(fanOut.streamArn(), name), deadline);
            if (last == null || Trouble.of(last) == Trouble.NOT_FOUND) {
                return;
            }
            await(new CompletableFuture<>(), Math.min(deadline, System.nanoTime() + NEXT_TRY.toNanos()));
        }
        logger.warn(
                "Cannot deregister the fan-out consumer {}; another instance removes it later: {}",
                name,
                last == null ? "no answer" : PlainText.of(last));
    }

    /** Waits for a call. Returns its failure, or null. */
    private static @Nullable Throwable await(CompletableFuture<?> call, long deadline) {
        try {
            call.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return Failures.unwrapped(e);
        } catch (TimeoutException e) {
            return e;
        } catch (InterruptedException e) { // only a decoder that set the flag interrupts this thread
            return e;
        }
    }
}
