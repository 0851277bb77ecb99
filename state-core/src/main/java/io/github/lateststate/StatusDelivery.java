package io.github.lateststate;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers each change of the status to one listener, in order. The queue is bounded: if it is full, the oldest change
 * is dropped.
 */
final class StatusDelivery extends Delivery {

    /** More than a listener can miss in seconds, and few enough that a blocked listener costs little memory. */
    static final int MOST_WAITING = 1_000;

    private final StatusListener listener;
    private final Function<StatusFacts, Status> completed;
    private final Queue<StatusFacts> waiting = new ArrayDeque<>();

    /** Uses a function that adds what is known only when the listener is called. */
    StatusDelivery(Context context, StatusListener listener, Function<StatusFacts, Status> completed) {
        super(context);
        this.listener = listener;
        this.completed = completed;
    }

    /** Queues a change. The caller must call {@link #due} afterwards. */
    void add(StatusFacts change) {
        synchronized (waiting) {
            waiting.add(change);
            if (waiting.size() > MOST_WAITING) {
                waiting.remove();
            }
        }
    }

    @Override
    int settle(int changes) {
        StatusFacts next = next();
        if (next != null) {
            Status status = completed.apply(next);
            call(() -> listener.onStatus(status), status);
        }
        return isEmpty() ? changes : 0;
    }

    private boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    private @Nullable StatusFacts next() {
        synchronized (waiting) {
            return waiting.poll();
        }
    }
}
