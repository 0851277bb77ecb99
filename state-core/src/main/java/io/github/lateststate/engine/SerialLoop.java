package io.github.lateststate.engine;

import io.github.lateststate.concurrent.ContextClassLoader;
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
 * A loop that uses one thread at a time of several. Thread-safe.
 *
 * <p>The loop survives a task that throws: without the loop the state would be stale for ever. The crash handler
 * decides what happens next.
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
    private final ContextClassLoader context = new ContextClassLoader();

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
     * Whether the caller is a task of this loop.
     *
     * @return whether it is
     */
    public boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    /**
     * Whether the loop was closed.
     *
     * @return whether no task begins any more
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the loop: no other task begins, the last task runs after the one that is under way, and the call waits for
     * its end. A task of this loop may call this and then does not wait. An interrupt does not end the wait; the
     * interrupt flag stays set. Only the first call runs its last task; later calls wait.
     *
     * @param lastTask ends what the loop has begun: connections, scopes. If the loop is on shared threads, it may run
     *     on the calling thread, so that it does not wait for tasks of other loops
     * @param most how long to wait at most
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

    /** Runs one task. Loops that share threads take turns. */
    private void turn() {
        Runnable task;
        synchronized (tasks) {
            if (running) {
                return; // another thread closed the loop and did not wait for this turn
            }
            running = true;
            task = tasks.poll();
        }
        current = Thread.currentThread();
        try {
            if (task != null) {
                context.run(() -> run(task));
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
            return; // closed while the handler ran
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
                context.run(ending);
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

    /** A task that is due later. When another task cancels it, it may be due already and wait for its turn. */
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
