package io.github.lateststate.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads for loops, and for steps that do not wait. If no thread can be started for a task, the task keeps its
 * place and the start is tried again each second. Thread-safe.
 */
public final class LoopThreads implements Executor {

    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final ScheduledThreadPoolExecutor pool;
    private volatile @Nullable Thread newest;

    LoopThreads(int most, ThreadFactory factory) {
        pool = new ScheduledThreadPoolExecutor(most, work -> newest = factory.newThread(work));
        pool.setRemoveOnCancelPolicy(true); // else a thread would stay for what was cancelled
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // after the loop has ended
    }

    /** One thread, which ends at {@link #end}. */
    static LoopThreads single(String name) {
        return new LoopThreads(1, daemons(number -> name));
    }

    /**
     * Makes threads that many loops share. You need not end them: without work there is no thread.
     *
     * @param most how many threads there are at most
     * @param name what the names of the threads begin with; a number follows
     * @param idle how long a thread outlives the last task; tasks that are due later keep one thread
     * @return the threads
     */
    public static LoopThreads shared(int most, String name, Duration idle) {
        return shared(most, daemons(number -> name + "-" + number), idle);
    }

    static LoopThreads shared(int most, ThreadFactory factory, Duration idle) {
        LoopThreads threads = new LoopThreads(most, factory);
        threads.pool.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        threads.pool.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** {@inheritDoc} Runs it soon, after the tasks that were added before. Does not block. */
    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (OutOfMemoryError e) { // "unable to create native thread": the pool has queued the task before
            startLater();
        }
    }

    /**
     * Runs a task later. Does not block.
     *
     * @param delay how long to wait; zero or less for soon
     * @param task what to run
     * @return cancels it; null if no thread could be started, and then the task cannot be cancelled
     */
    public @Nullable Future<?> schedule(Duration delay, Runnable task) {
        try {
            return pool.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (OutOfMemoryError e) { // as above
            startLater();
            return null;
        }
    }

    /** Ends the threads, and drops what is due later. */
    void end() {
        pool.shutdownNow();
    }

    /**
     * Waits until the one thread has ended, at most for this time. The pool is terminated a little before its thread is
     * gone. A check for threads that are left would still find it.
     */
    void awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        if (pool.awaitTermination(nanos, TimeUnit.NANOSECONDS) && newest != null) {
            TimeUnit.NANOSECONDS.timedJoin(newest, deadline - System.nanoTime());
        }
    }

    /** Whether nothing is due, and nothing is under way except this many tasks. For tests. */
    boolean isIdleBut(int underWay) {
        return pool.getQueue().isEmpty() && pool.getActiveCount() == underWay;
    }

    /** How many threads there are. For tests. */
    int size() {
        return pool.getPoolSize();
    }

    private void startLater() {
        LATER.execute(() -> {
            try {
                pool.prestartCoreThread();
            } catch (OutOfMemoryError e) {
                startLater();
            }
        });
    }

    private static ThreadFactory daemons(IntFunction<String> names) {
        AtomicInteger made = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, names.apply(made.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        };
    }
}
