package io.github.lateststate;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls to one listener, one at a time. It uses a thread only during a call. At most one thread at a time is in
 * {@link #run}, and each run happens-before the next.
 */
abstract class Delivery implements Registration, Runnable {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    /**
     * What all listeners of one state share.
     *
     * @param stream the name of the stream, for the log
     * @param executor where the listeners are called
     * @param time measures how long they have been running
     * @param onFailure runs after each call that throws
     * @param onClose receives each delivery that was closed
     */
    record Context(String stream, Executor executor, TimeSource time, Runnable onFailure, Consumer<Delivery> onClose) {}

    private final Context context;
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile boolean lastCalls;
    private volatile boolean warned;
    private volatile boolean ended;
    private volatile boolean running;
    private volatile long runningSince;
    private boolean wasSlow;

    Delivery(Context context) {
        this.context = context;
    }

    /** Delivers what is due now. Returns how many of the {@code changes} that are due this call settles. */
    abstract int settle(int changes);

    /** Notes a change: a call is due. */
    final void due() {
        if (due.getAndIncrement() == 0) {
            execute(this);
        }
    }

    /** Makes no call before {@link #begin}. */
    final void hold() {
        due.incrementAndGet();
    }

    /** Ends {@link #hold}. */
    final void begin() {
        execute(this);
    }

    /** Tries again if the executor refused the last task. */
    final void tryAgain() {
        if (refused.getAndSet(false)) {
            execute(this);
        }
    }

    /**
     * Makes the calls that the executor refused on this thread, because nobody will try again. Calls that it refuses
     * later are made on the thread of the call before.
     */
    final void callHereIfRefused() {
        lastCalls = true;
        while (refused.getAndSet(false)) {
            run();
        }
    }

    /** How long the listener has been running; 0 if it is not. Reads the flag first, because the flag is set last. */
    final long runningNanos() {
        return running ? context.time().nanoTime() - runningSince : 0;
    }

    /** Whether the listener became slow since the last call of this method. */
    final boolean hasBecomeSlow() {
        boolean before = wasSlow;
        wasSlow = Listeners.isSlow(runningNanos());
        return wasSlow && !before;
    }

    /** Calls the listener once. Changes that arrive meanwhile wait behind the other listeners. */
    @Override
    public final void run() {
        for (boolean again = true; again; ) {
            int settled = due.get();
            try {
                settled = settle(settled);
            } finally {
                again = due.addAndGet(-settled) != 0 && new Turn().comesAtOnce();
            }
        }
    }

    /**
     * The next turn. Some executors run tasks at once on the calling thread: they get a loop instead of a deep stack.
     */
    private final class Turn implements Runnable {

        private final Thread from = Thread.currentThread();
        private boolean asking = true;
        private boolean atOnce;

        boolean comesAtOnce() {
            execute(this);
            asking = false;
            return atOnce || (lastCalls && refused.getAndSet(false));
        }

        @Override
        public void run() {
            if (Thread.currentThread().equals(from) && asking) {
                atOnce = true;
            } else {
                Delivery.this.run();
            }
        }
    }

    /** One call to the listener. */
    interface Call {
        void make() throws Exception;
    }

    /** Makes a call, unless the registration was closed. Logs what the listener throws. */
    final void call(Call call, Object delivered) {
        if (ended) {
            return;
        }
        runningSince = context.time().nanoTime();
        running = true;
        try {
            call.make();
        } catch (Throwable e) {
            context.onFailure().run();
            logger.error(
                    "A listener of '{}' failed on {}. Fix the listener; the others are not affected.",
                    context.stream(),
                    delivered,
                    PlainText.trace(e));
        } finally {
            running = false;
        }
    }

    final boolean hasEnded() {
        return ended;
    }

    @Override
    public final void close() {
        ended = true;
        context.onClose().accept(this);
    }

    private void execute(Runnable turn) {
        try {
            context.executor().execute(turn);
            warned = false;
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the thread that brought the change must go on
            refused.set(true);
            if (!warned) {
                warned = true;
                logger.warn("Cannot call a listener of '{}' now, retrying: {}", context.stream(), PlainText.of(e));
            }
        }
    }
}
