package io.github.lateststate;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the part of a {@link Watch} that may call the listeners of one state, because a user's executor may call them on
 * the thread that hands it a task. A listener that blocks then blocks no other state. Drops a task if the one before is
 * still running: the watch comes again.
 */
final class WatchCalls implements Executor {

    /** Longer than the time between two looks, so that a thread is used again. */
    private static final long IDLE_SECONDS = 2;

    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(null, task, "latest-state-watch-calls", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    private final AtomicBoolean running = new AtomicBoolean();

    @Override
    public void execute(Runnable task) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            THREADS.execute(() -> {
                try {
                    Watch.look(task);
                } finally {
                    running.set(false);
                }
            });
            started = true;
        } finally {
            if (!started) { // no memory for a thread
                running.set(false);
            }
        }
    }
}
