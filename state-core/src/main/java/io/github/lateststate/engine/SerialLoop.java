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
    private final boolean ownsPool;
    private final Consumer<Throwable> onCrash;
    private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by itself
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Runnable last; // guarded by tasks
    private boolean turnIsDue; // guarded by tasks
    private volatile boolean closed;
    private volatile @Nullable Thread current;

    private SerialLoop(ScheduledThreadPoolExecutor pool, boolean ownsPool, Consumer<Throwable> onCrash) {
        this.pool = pool;
        this.ownsPool = ownsPool;
        this.onCrash = onCrash;
    }

    /**
     * Makes a loop that takes turns with others on the threads of a pool.
     *
     * @param pool a pool of daemon threads, such as {@link LoopThreads#shared}; it outlives the loop
     * @param onCrash receives, on the loop, what a task threw; not called for {@link StoppedException}
     * @return a loop that has nothing to do yet
     */
    public static SerialLoop on(ScheduledThreadPoolExecutor pool, Consumer<Throwable> onCrash) {
        return new SerialLoop(pool, false, onCrash);
    }

    /**
     * Makes a loop on a daemon thread of its own, which starts with the first task and ends when the loop is closed.
     *
     * @param name the name of the thread
     * @param onCrash receives, on the loop, what a task threw; not called for {@link StoppedException}
     * @return a loop that has nothing to do yet
     */
    public static SerialLoop onOwnThread(String name, Consumer<Throwable> onCrash) {
        return new SerialLoop(LoopThreads.single(name), true, onCrash);
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
        return new Delayed(delay, task);
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
            Waits.uninterrupted(most, this::awaitEnd);
        }
    }

    private void awaitEnd(long nanos) throws InterruptedException {
        if (ownsPool) {
            pool.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        } else {
            ended.await(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void submit() {
        try {
            pool.execute(this::turn);
        } catch (OutOfMemoryError e) { // no thread could be started, and the pool keeps the turn
            startThreadLater();
        }
    }

    private @Nullable Future<?> schedule(Runnable task, Duration delay) {
        try {
            return pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (OutOfMemoryError e) { // the same
            startThreadLater();
            return null;
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
                if (ownsPool) {
                    pool.shutdownNow(); // with the timers that are left
                }
            }
        } else if (more) {
            submit();
        }
    }

    /** A task that is due later. It may be due already, and wait for its turn, when another task cancels it. */
    private final class Delayed implements Timer {

        private final @Nullable Future<?> scheduled;
        private boolean cancelled; // used on the loop

        Delayed(Duration delay, Runnable task) {
            Runnable unlessCancelled = () -> {
                if (!cancelled) {
                    task.run();
                }
            };
            scheduled = schedule(() -> execute(unlessCancelled), delay);
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }
}
