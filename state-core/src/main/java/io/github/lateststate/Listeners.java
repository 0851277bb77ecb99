package io.github.lateststate;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one state: those of its values and those of its status.
 *
 * @param <T> the type of the value
 */
final class Listeners<T> {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    private final String stream;
    private final Supplier<Current<T>> state;
    private final Executor executor;
    private final Delivery.Context context;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * Starts without listeners.
     *
     * @param stream the name of the stream, for the log
     * @param state what listeners read
     * @param onFailure runs after each call of a listener that throws
     * @param time measures how long listeners have been running
     * @param executor where listeners are called
     */
    Listeners(String stream, Supplier<Current<T>> state, Runnable onFailure, TimeSource time, Executor executor) {
        this.stream = stream;
        this.state = state;
        this.executor = executor;
        this.context = new Delivery.Context(stream, executor, time, onFailure, deliveries::remove);
    }

    Registration add(StateListener<? super T> listener) {
        StateDelivery<T> delivery = new StateDelivery<>(context, listener, state);
        add(delivery);
        delivery.due();
        return delivery;
    }

    /** Adds a listener. The consumer receives its delivery and hands it what to deliver. */
    Registration add(
            StatusListener listener, Function<StatusFacts, Status> completed, Consumer<StatusDelivery> source) {
        StatusDelivery delivery = new StatusDelivery(context, listener, completed);
        add(delivery);
        source.accept(delivery);
        delivery.due();
        return delivery;
    }

    /** Adds a subscriber. If the state is closed, the subscriber completes. */
    void add(Flow.Subscriber<? super Current<T>> subscriber) {
        PublisherDelivery<T> delivery = new PublisherDelivery<>(context, subscriber, state, () -> closed);
        delivery.hold(); // no call overlaps this one
        subscriber.onSubscribe(delivery);
        synchronized (this) {
            if (!closed) {
                deliveries.add(delivery);
            }
        }
        if (delivery.hasEnded()) { // cancelled before it was added
            deliveries.remove(delivery);
        }
        delivery.begin();
    }

    private synchronized void add(Delivery delivery) {
        if (closed) {
            throw new IllegalStateException(
                    "The state of '" + stream + "' is closed and takes no more listeners. Open the state again.");
        }
        deliveries.add(delivery);
    }

    void stateChanged() {
        deliveries.forEach(delivery -> {
            if (!(delivery instanceof StatusDelivery)) {
                delivery.due();
            }
        });
    }

    /**
     * Listeners that have been running for longer than a state may be silent.
     *
     * @param count how many there are
     * @param longestNanos how long the slowest of them has been running; 0 if there is none
     */
    record Slow(long count, long longestNanos) {}

    Slow slow() {
        LongSummaryStatistics running = deliveries.stream()
                .mapToLong(Delivery::runningNanos)
                .filter(Listeners::isSlow)
                .summaryStatistics();
        return new Slow(running.getCount(), Math.max(0, running.getMax()));
    }

    static boolean isSlow(long runningNanos) {
        return runningNanos > StatusTracker.MAX_SILENCE.toNanos();
    }

    /** Logs listeners that became slow. Call it now and then. */
    void reportSlow() {
        long more = deliveries.stream().filter(Delivery::hasBecomeSlow).count();
        if (more > 0) {
            logger.warn(
                    "{} more listener(s) of '{}' have been running for more than {} s. Each receives no newer"
                            + " state until it returns; move long work to a thread of your own.",
                    more,
                    stream,
                    StatusTracker.MAX_SILENCE.toSeconds());
        }
    }

    /** Starts the calls that could not be started. Call it now and then. */
    void tryAgain() {
        deliveries.forEach(Delivery::tryAgain);
        if (executor instanceof Workers workers) {
            workers.replace(slow().count());
        }
    }

    /**
     * Ends the calls to listeners of values, without waiting for those that are running. The last status is still
     * delivered.
     */
    void close() {
        synchronized (this) {
            closed = true;
        }
        deliveries.forEach(delivery -> {
            if (delivery instanceof StateDelivery) {
                delivery.close();
            } else if (delivery instanceof PublisherDelivery) {
                delivery.due(); // completes it
            }
        });
        if (executor instanceof Workers workers) {
            workers.close();
        }
    }

    /** Whether {@link #close} was called. */
    boolean areClosed() {
        return closed;
    }

    /** Makes the last calls here if the executor refused them. Call it after {@link #close}. */
    void callHereIfRefused() {
        deliveries.forEach(Delivery::callHereIfRefused);
    }
}
