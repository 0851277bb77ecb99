package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.PlainText;
import io.github.lateststate.Source;
import io.github.lateststate.concurrent.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the newest value, loads and validates it, puts it into service, and tries again if that failed. It uses a
 * thread only while it loads. One thread at a time is in {@link #run}.
 */
final class LoadLoop<T, R> implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(LatestResource.class);
    private static final Duration REFUSED = Duration.ofSeconds(1);

    private final String stream;
    private final Loading<T, R> loading;
    private final Slot<T, R> slot;
    private final LoadTracker<T> tracker;
    private final Backoff backoff;
    private final Executor executor;
    private final AtomicReference<@Nullable Current<T>> newest = new AtomicReference<>();
    private final AtomicInteger due = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
    private volatile @Nullable Current<T> retry;
    private volatile @Nullable Thread running;
    private @Nullable Current<T> failed;
    private @Nullable Current<T> noted;

    LoadLoop(
            String stream,
            Loading<T, R> loading,
            Slot<T, R> slot,
            LoadTracker<T> tracker,
            Backoff backoff,
            Executor executor) {
        this.stream = stream;
        this.loading = loading;
        this.slot = slot;
        this.tracker = tracker;
        this.backoff = backoff;
        this.executor = executor;
    }

    /**
     * Takes the state of this moment, unless it took the same one before. It replaces a state that is not being loaded
     * yet, and never a newer one, whichever thread calls.
     */
    void stateChanged(Supplier<Current<T>> state) {
        if (isNew(state)) {
            due();
        }
    }

    @SuppressWarnings("ReferenceEquality") // two records may hold equal values, each is loaded
    private synchronized boolean isNew(Supplier<Current<T>> state) {
        Current<T> current = state.get();
        if (current == noted) {
            return false;
        }
        noted = current;
        newest.set(current);
        return true;
    }

    /** Interrupts what is running, and drops what is to be tried again. The slot is closed already. */
    CompletableFuture<@Nullable Void> stop() {
        pause.cancel(false);
        synchronized (this) {
            if (running == null) {
                ended.complete(null);
            } else {
                running.interrupt();
            }
        }
        return ended;
    }

    boolean isOnItsThread() {
        return Thread.currentThread().equals(running);
    }

    private void due() {
        if (due.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the thread that brought the state must go on
            logger.warn("Cannot call the loader of '{}' now, retrying: {}", stream, PlainText.of(e));
            later(REFUSED, this::execute);
        }
    }

    private void later(Duration howLong, Runnable step) {
        CompletableFuture<@Nullable Void> next = new CompletableFuture<>();
        pause.cancel(false);
        pause = next;
        var unused = next.thenRun(step);
        next.completeOnTimeout(null, TimeUnit.NANOSECONDS.convert(howLong), TimeUnit.NANOSECONDS);
        if (slot.isClosed()) { // closed since then; a pause must not keep a closed resource in memory
            next.cancel(false);
        }
    }

    @Override
    public void run() {
        int settled = due.get();
        begin();
        try {
            if (!slot.isClosed()) {
                loadNext();
            }
        } finally {
            end();
            if (due.addAndGet(-settled) != 0) {
                execute();
            }
        }
    }

    private synchronized void begin() {
        running = Thread.currentThread();
    }

    /**
     * Also clears the interrupt flag, which stop() or a loader may have set. It means nothing to what the thread does
     * next.
     */
    private synchronized void end() {
        running = null;
        Thread.interrupted();
        if (slot.isClosed()) {
            ended.complete(null);
        }
    }

    @SuppressWarnings("ReferenceEquality") // two records may hold equal values, each is loaded
    private void loadNext() {
        Current<T> taken = newest.getAndSet(null);
        Current<T> next = taken == null && retry == failed ? failed : taken;
        if (next == null) {
            return; // the pause belonged to a value that was superseded
        }
        pause.cancel(false);
        failed = isInServiceOrElse(next);
        if (failed != null) {
            Current<T> again = failed;
            later(backoff.next(), () -> {
                retry = again;
                due();
            });
        }
    }

    private @Nullable Current<T> isInServiceOrElse(Current<T> next) {
        try {
            return isInService(next, failed) ? null : next;
        } catch (Throwable e) { // for example no memory to report a failure
            return next;
        }
    }

    /** Whether there is nothing more to do for this state. */
    @SuppressWarnings("ReferenceEquality") // two records may hold equal values, each is loaded
    private boolean isInService(Current<T> next, @Nullable Current<T> failed) {
        boolean first = next != failed;
        if (first) {
            backoff.reset();
        }
        T value = next.value().orElse(null);
        if (value == null || (next.source() == Source.TOMBSTONE && slot.serving() != null)) {
            logger.info("The state of '{}' is a tombstone; the last good resource, if any, stays", stream);
            tracker.nothingToLoad();
            return true;
        }
        Held<T, R> serving = slot.serving();
        if (serving != null && serving.isConfirmedBy(next)) {
            tracker.nothingToLoad();
            return true;
        }
        if (first) {
            tracker.loading();
        }
        try {
            if (slot.put(loading.load(next, value))) {
                tracker.loaded();
                logger.info("In service for '{}': the resource of {}", stream, LoadFailure.recordOf(next));
            }
            return true;
        } catch (Throwable e) { // also a LinkageError of native code, or no memory: the last good one stays
            failed(next, e, first);
            return false;
        }
    }

    private void failed(Current<T> current, Throwable cause, boolean first) {
        if (slot.isClosed()) {
            return; // most likely because of the interrupt
        }
        LoadFailure<T> failure = tracker.failed(current, cause);
        if (first) {
            logger.warn(
                    "Cannot load a resource for '{}', retrying; the last good one, if any, stays: {}",
                    stream,
                    failure,
                    PlainText.trace(cause));
        } else {
            logger.warn(
                    "Still cannot load a resource for '{}', retrying; the last good one, if any, stays: {}",
                    stream,
                    failure);
        }
    }
}
