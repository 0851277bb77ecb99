package io.github.lateststate;

import io.github.lateststate.spi.PlainText;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of new states. No queue: a listener that is free reads the current state, so a slow one skips what was
 * superseded and holds up nobody. A listener has a thread only while it is being called. Threads are bounded: if as many listeners block, the
 * others wait, until each of those has been running for so long that its thread is replaced.
 *
 * @param <T> the type of the value
 */
final class Listeners<T> {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);

    /** Thousands of slow listeners must not take the threads of the whole process. */
    private static final int MOST_THREADS = 64;

    /** A listener that blocks gets a replacement for its thread, up to here. */
    private static final int MOST_THREADS_WITH_REPLACEMENTS = 256;

    private final Supplier<Current<T>> state;
    private final String stream;
    private final Runnable onFailure;
    private final TimeSource time;
    private final Workers workers;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    /**
     * Makes one without listeners.
     *
     * @param stream its name, for the log
     * @param state what listeners read
     * @param onFailure told of each listener that throws
     * @param time for how long listeners have been running
     * @param factory makes the threads that listeners are called on
     */
    Listeners(String stream, Supplier<Current<T>> state, Runnable onFailure, TimeSource time, ThreadFactory factory) {
        this.time = time;
        this.workers = new Workers(stream, MOST_THREADS, factory);
        this.stream = stream;
        this.state = state;
        this.onFailure = onFailure;
    }

    Registration add(StateListener<? super T> listener) {
        Delivery delivery = new Delivery(listener);
        deliveries.add(delivery);
        delivery.stateChanged();
        return delivery;
    }

    void stateChanged() {
        deliveries.forEach(Delivery::stateChanged);
    }

    /**
     * Listeners that have been running for longer than a state may be silent.
     *
     * @param count how many there are
     * @param longestNanos for how long the slowest of them has been running; 0 if there is none
     */
    record Slow(long count, long longestNanos) {}

    Slow slow() {
        LongSummaryStatistics running = deliveries.stream()
                .mapToLong(Delivery::runningNanos)
                .filter(Listeners::isSlow)
                .summaryStatistics();
        return new Slow(running.getCount(), Math.max(0, running.getMax()));
    }

    private static boolean isSlow(long runningNanos) {
        return runningNanos > StatusBoard.MAX_SILENCE.toNanos();
    }

    /** Logs those that have become slow, and starts the threads that are lacking; to be called now and then. */
    void look() {
        long more = deliveries.stream().filter(Delivery::hasBecomeSlow).count();
        if (more > 0) {
            log.warn(
                    "{} more listener(s) of '{}' have been running for more than {} s; each receives no newer state until it returns",
                    more,
                    stream,
                    StatusBoard.MAX_SILENCE.toSeconds());
        }
        workers.allow((int) Math.min(MOST_THREADS + slow().count(), MOST_THREADS_WITH_REPLACEMENTS));
    }

    /** Ends the threads without waiting for listeners that are running. */
    void close() {
        deliveries.forEach(Delivery::close);
        workers.close();
    }

    /** One listener. At most one thread at a time is in {@link #run}, which happens-before the next one to be in it. */
    private final class Delivery implements Registration, Runnable {

        private final StateListener<? super T> listener;
        private final AtomicInteger changes = new AtomicInteger();
        private volatile boolean ended;
        private volatile boolean running;
        private volatile long runningSince;
        private boolean wasSlow;
        private long toldVersion = -1;

        Delivery(StateListener<? super T> listener) {
            this.listener = listener;
        }

        void stateChanged() {
            if (changes.getAndIncrement() == 0) {
                workers.execute(this);
            }
        }

        /** For how long it has been running; 0 if it is not. Reads the flag first, which is set last. */
        long runningNanos() {
            return running ? time.nanoTime() - runningSince : 0;
        }

        /** Whether it is slow and was not when this was last asked. */
        boolean hasBecomeSlow() {
            boolean before = wasSlow;
            wasSlow = isSlow(runningNanos());
            return wasSlow && !before;
        }

        /** Tells it once. What changed meanwhile waits its turn behind the other listeners. */
        @Override
        public void run() {
            int seen = changes.get();
            try {
                tell(state.get());
            } finally {
                if (changes.addAndGet(-seen) != 0) {
                    workers.execute(this);
                }
            }
        }

        private void tell(Current<T> current) {
            boolean nothingYet = current.value().isEmpty() && current.origin().isEmpty();
            if (ended || nothingYet || current.version() <= toldVersion) {
                return;
            }
            toldVersion = current.version();
            runningSince = time.nanoTime();
            running = true;
            try {
                callListener(current);
            } catch (Throwable e) {
                onFailure.run();
                log.error(
                        "A listener of {} failed at the state from {}",
                        stream,
                        current.origin().orElse(null),
                        PlainText.trace(e));
            } finally {
                running = false;
            }
        }

        /** A listener of a supertype of T may read a Current of T: nothing can be put into one. */
        @SuppressWarnings("unchecked")
        private void callListener(Current<T> current) throws Exception {
            ((StateListener<T>) listener).onState(current);
        }

        @Override
        public void close() {
            ended = true;
            deliveries.remove(this);
        }
    }
}
