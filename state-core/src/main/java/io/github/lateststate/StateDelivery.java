package io.github.lateststate;

import java.util.function.Supplier;

/**
 * Tells one listener of new states. It has no queue: when its turn comes, it reads the current state, so a slow listener skips what
 * was superseded.
 *
 * @param <T> the type of the value
 */
final class StateDelivery<T> extends Delivery {

    private final StateListener<? super T> listener;
    private final Supplier<Current<T>> state;
    private long toldVersion = -1;

    StateDelivery(Context context, StateListener<? super T> listener, Supplier<Current<T>> state) {
        super(context);
        this.listener = listener;
        this.state = state;
    }

    @Override
    int settle(int changes) {
        Current<T> current = state.get();
        if (current.source() != Source.NONE && current.version() > toldVersion) {
            toldVersion = current.version();
            call(
                    () -> callListener(current),
                    current.origin().map(Object::toString).orElse("the initial value"));
        }
        return changes;
    }

    /** A listener of a supertype of T may read a Current of T: nothing can be put into one. */
    @SuppressWarnings("unchecked")
    private void callListener(Current<T> current) throws Exception {
        ((StateListener<T>) listener).onState(current);
    }
}
