package io.github.lateststate.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Makes pools of daemon threads for loops. A thread that was idle for a while ends, so a pool without work holds none. */
public final class LoopThreads {

    private LoopThreads() {}

    /**
     * Makes a pool for one loop.
     *
     * @param name the name of its thread
     * @param idle how long the thread outlives the last task; a task that is due later keeps it
     * @return the pool; it needs no shutdown
     */
    public static ScheduledThreadPoolExecutor single(String name, Duration idle) {
        return pool(1, idle, number -> name);
    }

    /**
     * Makes a pool that many loops share.
     *
     * @param threads how many threads it has at most
     * @param name what the names of its threads begin with; a number follows
     * @param idle how long a thread outlives the last task; tasks that are due later keep one thread
     * @return the pool; it needs no shutdown
     */
    public static ScheduledThreadPoolExecutor shared(int threads, String name, Duration idle) {
        return pool(threads, idle, number -> name + "-" + number);
    }

    private static ScheduledThreadPoolExecutor pool(int threads, Duration idle, IntFunction<String> names) {
        AtomicInteger made = new AtomicInteger();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, names.apply(made.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        });
        pool.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true); // or a thread would be kept for what was cancelled
        return pool;
    }
}
