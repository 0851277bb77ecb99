package io.github.lateststate;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Delivers new states to one subscriber, as many as it requests. Skips states that are superseded before it requests
 * more.
 */
final class PublisherDelivery<T> extends Delivery implements Flow.Subscription {

    private final Flow.Subscriber<? super Current<T>> subscriber;
    private final Supplier<Current<T>> state;
    private final BooleanSupplier closed;
    private final AtomicLong requested = new AtomicLong(); // negative after a request of no state
    private long deliveredVersion = -1;

    PublisherDelivery(
            Context context,
            Flow.Subscriber<? super Current<T>> subscriber,
            Supplier<Current<T>> state,
            BooleanSupplier closed) {
        super(context);
        this.subscriber = subscriber;
        this.state = state;
        this.closed = closed;
    }

    @Override
    public void request(long count) {
        requested.updateAndGet(
                before -> before < 0 || count <= 0 ? -1 : Math.min(before, Long.MAX_VALUE - count) + count);
        due();
    }

    @Override
    public void cancel() {
        close();
    }

    @Override
    int settle(int changes) {
        Current<T> current = state.get();
        if (requested.get() < 0) {
            call(() -> subscriber.onError(new IllegalArgumentException("Request at least one state.")), "a request");
            close();
        } else if (closed.getAsBoolean()) {
            call(subscriber::onComplete, "the end");
            close();
        } else if (requested.get() > 0 && current.source() != Source.NONE && current.version() > deliveredVersion) {
            deliveredVersion = current.version();
            requested.decrementAndGet();
            call(() -> subscriber.onNext(current), current);
        }
        return changes;
    }
}
