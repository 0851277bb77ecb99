package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for steps that do not wait, which end when there is nothing to do. A step for which no thread can be started keeps its
 * place: the start is tried again each second. Thread-safe.
 */
final class StepThreads {

    private static final long IDLE_MILLIS = 100;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final ScheduledThreadPoolExecutor pool;

    StepThreads(int most, ThreadFactory threads) {
        pool = new ScheduledThreadPoolExecutor(most, threads);
        pool.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true); // or a thread would be kept for it
    }

    void execute(Runnable step) {
        try {
            pool.execute(step);
        } catch (OutOfMemoryError e) { // "unable to create native thread": the pool has queued the step before
            startLater();
        }
    }

    /**
     * Runs a step after a pause.
     *
     * @return an action that cuts the pause short
     */
    Runnable execute(Runnable step, Duration pause) {
        try {
            ScheduledFuture<?> next = pool.schedule(step, pause.toMillis(), TimeUnit.MILLISECONDS);
            return () -> {
                if (next.cancel(false)) {
                    execute(step);
                }
            };
        } catch (OutOfMemoryError e) {
            startLater();
            return () -> {};
        }
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
}
