package io.github.lateststate;

import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at every open state of this JVM once a second, on one thread that ends with the last state. */
final class Watch {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_MILLIS = 100;
    private static final ScheduledThreadPoolExecutor THREAD = thread();

    private Watch() {}

    /** Looks at a state each second until cancelled. It does not keep a forgotten state in memory. */
    static <S> Future<?> each(S state, Consumer<S> look) {
        WeakReference<S> forgettable = new WeakReference<>(state);
        return THREAD.scheduleWithFixedDelay(
                () -> {
                    S there = forgettable.get();
                    if (there == null) {
                        throw new CancellationException(); // ends the schedule: the state is garbage
                    }
                    look(() -> look.accept(there));
                },
                1,
                1,
                TimeUnit.SECONDS);
    }

    /** Logs what a look throws: it would end the schedule. */
    static void look(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            logger.warn("Cannot check the phase of a state now, retrying: {}", PlainText.of(e));
        }
    }

    private static ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "latest-state-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true); // else the thread would stay for a state that was closed
        return executor;
    }
}
