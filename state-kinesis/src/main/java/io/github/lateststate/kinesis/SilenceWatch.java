package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Ends one call when no byte of its answer came for a while. A time limit for the whole call would be too short for a
 * page of 10 MiB over a slow line. Or it would be too long for a server that does not answer at all.
 */
final class SilenceWatch implements SdkPlugin, ExecutionInterceptor {

    private final Loop loop;
    private final Duration most;
    private volatile long lastByteAt;
    private Loop.@Nullable Timer timer; // used on the loop

    /**
     * Watches one call.
     *
     * @param most the longest silence
     */
    SilenceWatch(Loop loop, Duration most) {
        this.loop = loop;
        this.most = most;
        this.lastByteAt = loop.nanoTime();
    }

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder config) {
        config.overrideConfiguration(config.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(this)
                .build());
    }

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responsePublisher()
                .map(content -> SdkPublisher.adapt(content).map(bytes -> {
                    lastByteAt = loop.nanoTime();
                    return bytes;
                }));
    }

    /** Watches the call that this was added to. Call it on the loop. */
    <T> CompletableFuture<T> over(CompletableFuture<T> call) {
        look(call);
        var unused = call.whenComplete((answer, thrown) -> loop.execute(this::stop));
        return call;
    }

    private void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look(CompletableFuture<?> call) {
        Duration left = most.minusNanos(loop.nanoTime() - lastByteAt);
        if (call.isDone()) {
            return;
        }
        if (left.isNegative() || left.isZero()) {
            call.completeExceptionally(ApiCallTimeoutException.create(most.toMillis()));
        } else {
            timer = loop.after(
                    left.plusMillis(1), () -> look(call)); // a timer of the loop may be early by less than that
        }
    }
}
