package io.github.lateststate.engine;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop on the threads of a pool, of which it uses one at a time. Thread-safe.
 *
 * <p>After a crash of a task the loop goes on: without it the state would be stale for ever. The crash handler decides what is next.
 */
public final class SerialLoop implements Loop {

    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final ScheduledThreadPoolExecutor pool;
    private final Consumer<Throwable> onCrash;
    private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by itself
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Runnable last; // guarded by tasks
    private boolean turnIsDue; // guarded by tasks
    private volatile boolean closed;
    private volatile @Nullable Thread current;

    /**
     * Makes a loop that has nothing to do yet.
     *
     * @param pool whose threads run the tasks, such as one of {@link LoopThreads}; it may be shared with other loops
     * @param onCrash receives, on the loop, what a task threw; not called for {@link StoppedException}
     */
    public SerialLoop(ScheduledThreadPoolExecutor pool, Consumer<Throwable> onCrash) {
        this.pool = pool;
        this.onCrash = onCrash;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** {@inheritDoc} Does nothing after the loop was closed. */
    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            if (closed) {
                return;
            }
            tasks.add(task);
            if (turnIsDue) {
                return;
            }
            turnIsDue = true;
        }
        submit();
    }

    /** {@inheritDoc} Does nothing after the loop was closed. */
    @Override
    public Timer after(Duration delay, Runnable task) {
        Future<?> scheduled = pool.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /**
     * Tells whether the caller is a task of this loop.
     *
     * @return whether it is
     */
    public boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    /**
     * Tells whether the loop was closed.
     *
     * @return whether no task begins any more
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Lets no task begin any more, runs a last one after that which is under way, and waits for its end, unless the caller is a task of
     * this loop. An interrupt does not end the wait; the flag is kept. Only the first call brings a last task; later ones wait.
     *
     * @param lastTask ends what the loop has begun: connections, scopes
     * @param most how long to wait
     */
    public void close(Runnable lastTask, Duration most) {
        boolean due = false;
        synchronized (tasks) {
            if (!closed) {
                closed = true;
                tasks.clear();
                last = lastTask;
                due = !turnIsDue;
                turnIsDue = true;
            }
        }
        if (due) {
            submit();
        }
        if (!isCurrent()) {
            Waits.uninterrupted(most, nanos -> ended.await(nanos, TimeUnit.NANOSECONDS));
        }
    }

    private void submit() {
        try {
            pool.execute(this::turn);
        } catch (OutOfMemoryError e) { // no thread could be started, and the pool keeps the turn
            startThreadLater();
        }
    }

    private void startThreadLater() {
        LATER.execute(() -> {
            try {
                pool.prestartCoreThread();
            } catch (OutOfMemoryError e) {
                startThreadLater();
            }
        });
    }

    /** Runs one task: loops that share a pool take turns. */
    private void turn() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.poll();
        }
        current = Thread.currentThread();
        try {
            if (task != null) {
                run(task);
            }
        } finally {
            current = null;
            next();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (StoppedException e) {
            return; // closed while it ran
        } catch (Throwable e) { // whatever it is: the loop goes on
            crashed(e);
        }
    }

    private void crashed(Throwable thrown) {
        try {
            onCrash.accept(thrown);
        } catch (StoppedException e) {
            return; // closed while it was reported
        }
    }

    private void next() {
        Runnable ending;
        boolean more;
        synchronized (tasks) {
            ending = last;
            last = null;
            more = ending == null && !tasks.isEmpty();
            turnIsDue = more;
        }
        if (ending != null) {
            try {
                ending.run();
            } finally {
                ended.countDown();
            }
        } else if (more) {
            submit();
        }
    }
}
