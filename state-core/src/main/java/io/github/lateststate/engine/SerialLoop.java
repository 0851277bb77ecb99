package io.github.lateststate.engine;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop on some threads, of which it uses one at a time. Thread-safe.
 *
 * <p>After a crash of a task the loop goes on: without it the state would be stale for ever. The crash handler decides what is next.
 */
public final class SerialLoop implements Loop {

    private final LoopThreads threads;
    private final boolean ownsThreads;
    private final Consumer<Throwable> onCrash;
    private final Queue<Runnable> tasks = new ArrayDeque<>(); // guarded by itself
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Runnable last; // guarded by tasks
    private boolean turnIsDue; // guarded by tasks
    private boolean running; // guarded by tasks
    private volatile boolean closed;
    private volatile @Nullable Thread current;

    private SerialLoop(LoopThreads threads, boolean ownsThreads, Consumer<Throwable> onCrash) {
        this.threads = threads;
        this.ownsThreads = ownsThreads;
        this.onCrash = onCrash;
    }

    /**
     * Makes a loop that takes turns with others on the same threads.
     *
     * @param threads such as {@link LoopThreads#shared}; they outlive the loop
     * @param onCrash receives, on the loop, what a task threw; not called for {@link StoppedException}
     * @return a loop that has nothing to do yet
     */
    public static SerialLoop on(LoopThreads threads, Consumer<Throwable> onCrash) {
        return new SerialLoop(threads, false, onCrash);
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
        threads.execute(this::turn);
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
     * @param lastTask ends what the loop has begun: connections, scopes. Of a loop on shared threads it may run on the calling thread, so
     *     that it needs not wait for tasks of other loops
     * @param most how long to wait
     */
    public void close(Runnable lastTask, Duration most) {
        boolean due = false;
        synchronized (tasks) {
            if (!closed) {
                closed = true;
                tasks.clear();
                last = lastTask;
                due = ownsThreads ? !turnIsDue : !running;
                turnIsDue = true;
            }
        }
        if (due) {
            (ownsThreads ? threads : (Executor) Runnable::run).execute(this::turn);
        }
        if (!isCurrent()) {
            Waits.uninterrupted(most, this::awaitEnd);
        }
    }

    private void awaitEnd(long nanos) throws InterruptedException {
        if (ownsThreads) {
            threads.awaitEnd(nanos);
        } else {
            ended.await(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Runs one task: loops that share a pool take turns. */
    private void turn() {
        Runnable task;
        synchronized (tasks) {
            if (running) {
                return; // the loop was closed by another thread, which did not wait for this turn
            }
            running = true;
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
            running = false;
        }
        if (ending != null) {
            try {
                ending.run();
            } finally {
                ended.countDown();
                if (ownsThreads) {
                    threads.end(); // with the timers that are left
                }
            }
        } else if (more) {
            threads.execute(this::turn);
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
            scheduled = threads.schedule(delay, () -> execute(unlessCancelled));
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
