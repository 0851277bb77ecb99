package io.github.lateststate;

import io.github.lateststate.spi.PlainText;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of new states. No queue: a listener that is free reads the current state, so a slow one skips what was
 * superseded and holds up nobody. A listener has a thread only while it is being called.
 *
 * @param <T> the type of the value
 */
final class Listeners<T> {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_SECONDS = 5;

    private final Supplier<Current<T>> state;
    private final String stream;
    private final Runnable onFailure;
    private final TimeSource time;
    private final ThreadFactory factory;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private @Nullable ExecutorService threads;
    private boolean closed;

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
        this.factory = factory;
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

    /** How many have been running for longer than a state may be silent. */
    long slow() {
        return deliveries.stream().filter(Delivery::isSlow).count();
    }

    /** Logs those that have become slow, and starts those that no thread could be started for; to be called now and then. */
    void look() {
        deliveries.forEach(Delivery::look);
    }

    /** Ends the threads without waiting for listeners that are running. */
    synchronized void close() {
        closed = true;
        deliveries.forEach(Delivery::close);
        if (threads != null) {
            threads.shutdown();
        }
    }

    private synchronized void execute(Runnable task) {
        if (closed) {
            return;
        }
        if (threads == null) {
            threads = newThreads();
        }
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new AssertionError("the pool has no bound and is not shut down before 'closed' is set", e);
        }
    }

    private ExecutorService newThreads() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** One listener. At most one thread at a time is in {@link #run}, which happens-before the next one to be in it. */
    private final class Delivery implements Registration, Runnable {

        private final StateListener<? super T> listener;
        private final AtomicInteger changes = new AtomicInteger();
        private volatile boolean ended;
        private volatile boolean notStarted;
        private volatile boolean running;
        private volatile long runningSince;
        private boolean slowLogged;
        private long toldVersion = -1;

        Delivery(StateListener<? super T> listener) {
            this.listener = listener;
        }

        void stateChanged() {
            if (changes.getAndIncrement() == 0) {
                start();
            }
        }

        private void start() {
            try {
                execute(this);
                notStarted = false;
            } catch (Throwable e) { // no memory for a thread: whoever brought the state must go on
                if (!notStarted) {
                    log.warn(
                            "No thread can be started for a listener of '{}', trying again: {}",
                            stream,
                            PlainText.of(e));
                }
                notStarted = true;
            }
        }

        boolean isSlow() {
            long since = runningSince;
            return running && time.nanoTime() - since > StatusBoard.MAX_SILENCE.toNanos();
        }

        void look() {
            if (notStarted) {
                start();
            }
            if (!isSlow()) {
                slowLogged = false;
            } else if (!slowLogged) {
                slowLogged = true;
                log.warn(
                        "A listener of '{}' has been running for more than {} s; it receives no newer state until it returns",
                        stream,
                        StatusBoard.MAX_SILENCE.toSeconds());
            }
        }

        @Override
        public void run() {
            int seen = changes.get();
            do {
                tell(state.get());
                seen = changes.addAndGet(-seen);
            } while (seen != 0);
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
                        e);
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
