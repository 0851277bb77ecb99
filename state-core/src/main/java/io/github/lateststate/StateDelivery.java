package io.github.lateststate;

import java.util.function.Supplier;

/**
 * Delivers new states to one listener. It has no queue: at its turn it reads the current state, so a slow listener
 * skips states that were superseded.
 *
 * @param <T> the type of the value
 */
final class StateDelivery<T> extends Delivery {

    private final StateListener<? super T> listener;
    private final Supplier<Current<T>> state;
    private long deliveredVersion = -1;

    StateDelivery(Context context, StateListener<? super T> listener, Supplier<Current<T>> state) {
        super(context);
        this.listener = listener;
        this.state = state;
    }

    @Override
    int settle(int changes) {
        Current<T> current = state.get();
        if (current.source() != Source.NONE && current.version() > deliveredVersion) {
            deliveredVersion = current.version();
            call(
                    () -> callListener(current),
                    current.origin().map(Object::toString).orElse("the initial value"));
        }
        return changes;
    }

    /** A listener of a supertype of T may read a Current of T, because it cannot put anything into it. */
    @SuppressWarnings("unchecked")
    private void callListener(Current<T> current) throws Exception {
        ((StateListener<T>) listener).onState(current);
    }
}
