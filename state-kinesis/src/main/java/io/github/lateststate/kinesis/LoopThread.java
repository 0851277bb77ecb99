package io.github.lateststate.kinesis;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loop on a thread of its own, by the clock of the system. */
final class LoopThread implements Loop {

    private final ScheduledThreadPoolExecutor executor;
    private final BooleanSupplier stopped;
    private final Consumer<Throwable> onCrash;
    private volatile @Nullable Thread thread;

    /**
     * Starts a thread.
     *
     * @param stopped once it says so, no task begins
     * @param onCrash told of what a task threw, on the thread
     */
    LoopThread(String name, BooleanSupplier stopped, Consumer<Throwable> onCrash) {
        this.stopped = stopped;
        this.onCrash = onCrash;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Whether the caller is this loop. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Does one last thing, whether or not it was stopped, and ends. */
    void finish(Runnable last) {
        executor.getQueue().clear();
        executor.execute(() -> {
            try {
                last.run();
            } finally {
                executor.shutdownNow(); // what was put off meanwhile too
            }
        });
    }

    /** Waits for the thread to end. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        if (stopped.getAsBoolean()) {
            return;
        }
        try {
            task.run();
        } catch (StoppedException e) {
            return; // closed while it ran
        } catch (Throwable e) { // whatever it is: a loop that has ended would leave the state stale for ever
            onCrash.accept(e);
        }
    }
}
