package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Failures;
import io.github.lateststate.kinesis.ConsumerCalls.Listener;
import io.github.lateststate.kinesis.ConsumerCalls.Running;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * One subscription to one shard, as the SDK delivers it. The SDK may report the same end several times, through the
 * publisher, the handler and the future. The listener receives it once. Thread-safe.
 */
final class ShardEventStream
        implements SubscribeToShardResponseHandler, Subscriber<SubscribeToShardEventStream>, Running {

    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Subscription events;
    private volatile @Nullable CompletableFuture<Void> call;

    ShardEventStream(Listener listener) {
        this.listener = listener;
    }

    /** Takes the call that delivers the events. */
    void begin(CompletableFuture<Void> made) {
        call = made;
        var unused = made.whenComplete((done, thrown) -> end(thrown));
        if (over.get()) {
            made.cancel(true);
        }
    }

    @Override
    public void cancel() {
        over.set(true);
        Subscription subscription = events;
        if (subscription != null) {
            subscription.cancel();
        }
        CompletableFuture<Void> made = call;
        if (made != null) {
            made.cancel(true);
        }
    }

    @Override
    public void responseReceived(SubscribeToShardResponse response) {
        // The first event says the same.
    }

    @Override
    public void onEventStream(SdkPublisher<SubscribeToShardEventStream> publisher) {
        publisher.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        events = subscription;
        if (over.get()) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
        if (over.get()) {
            return;
        }
        if (event instanceof SubscribeToShardEvent news) {
            listener.event(page(news), this::more);
        } else {
            more();
        }
    }

    @Override
    public void exceptionOccurred(Throwable thrown) {
        end(thrown);
    }

    @Override
    public void onError(Throwable thrown) {
        end(thrown);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    @Override
    public void complete() {
        end(null);
    }

    private void more() {
        Subscription subscription = events;
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void end(@Nullable Throwable thrown) {
        if (over.compareAndSet(false, true)) {
            listener.over(thrown == null ? null : Failures.unwrapped(thrown));
        }
    }

    private static Page page(SubscribeToShardEvent event) {
        return new Page(
                event.records(), event.continuationSequenceNumber(), event.millisBehindLatest(), event.childShards());
    }
}
