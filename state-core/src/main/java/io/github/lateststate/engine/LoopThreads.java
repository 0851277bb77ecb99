package io.github.lateststate.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Makes pools of daemon threads for loops. */
public final class LoopThreads {

    private LoopThreads() {}

    /** A pool of one thread, which ends when the pool is shut down. */
    static ScheduledThreadPoolExecutor single(String name) {
        return pool(1, number -> name);
    }

    /**
     * Makes a pool that many loops share. It needs no shutdown: a pool without work holds no thread.
     *
     * @param threads how many threads it has at most
     * @param name what the names of its threads begin with; a number follows
     * @param idle how long a thread outlives the last task; tasks that are due later keep one thread
     * @return the pool
     */
    public static ScheduledThreadPoolExecutor shared(int threads, String name, Duration idle) {
        ScheduledThreadPoolExecutor pool = pool(threads, number -> name + "-" + number);
        pool.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledThreadPoolExecutor pool(int threads, IntFunction<String> names) {
        AtomicInteger made = new AtomicInteger();
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, work -> {
            Thread thread = new Thread(work, names.apply(made.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true); // or a thread would be kept for what was cancelled
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // after the loop has ended
        return pool;
    }
}
