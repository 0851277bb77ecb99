package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.spi.Backoff;
import io.github.lateststate.spi.PlainText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loader's thread: takes the newest value, loads and validates it, puts it into service, and tries again where that failed. */
final class LoadLoop<T, R> {

    private static final Logger log = LoggerFactory.getLogger(LatestResource.class);

    private final String stream;
    private final Loader<? super T, ? extends R> loader;
    private final Validator<? super R> validator;
    private final Slot<R> slot;
    private final Disposals<R> disposals;
    private final LoadBoard board;
    private final Backoff backoff;
    private final InstantSource clock;
    private final BlockingQueue<Current<T>> newest = new ArrayBlockingQueue<>(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    LoadLoop(
            String stream,
            Loader<? super T, ? extends R> loader,
            Validator<? super R> validator,
            Slot<R> slot,
            Disposals<R> disposals,
            LoadBoard board,
            Backoff backoff,
            InstantSource clock) {
        this.stream = stream;
        this.loader = loader;
        this.validator = validator;
        this.slot = slot;
        this.disposals = disposals;
        this.board = board;
        this.backoff = backoff;
        this.clock = clock;
        this.thread = new Thread(this::run, "latest-state-loader-" + stream);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes the place of a state that is not yet being loaded. Called by one thread at a time. */
    void stateChanged(Current<T> current) {
        while (!newest.offer(current)) {
            newest.poll();
        }
    }

    /** Interrupts what is running; the slot is closed already, which ends the loop. */
    CompletableFuture<Void> stop() {
        thread.interrupt();
        return ended;
    }

    boolean isOnItsThread() {
        return Thread.currentThread().equals(thread);
    }

    private void run() {
        Current<T> failed = null;
        while (!slot.isClosed()) {
            Current<T> next = failed;
            try {
                next = failed == null ? newest.take() : newerOr(failed);
                failed = isInService(next, failed) ? null : next;
            } catch (InterruptedException e) {
                // by close(), which the loop's condition sees, or by a loader that left its flag, which means nothing
            } catch (Throwable e) { // such as no memory to report a failure with
                failed = next;
            }
        }
        ended.complete(null);
    }

    private Current<T> newerOr(Current<T> failed) throws InterruptedException {
        Duration pause = backoff.next();
        Current<T> newer = newest.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
        return newer == null ? failed : newer;
    }

    /** Whether there is nothing more to do for this state. */
    @SuppressWarnings("ReferenceEquality") // two records may hold equal values, each is loaded
    private boolean isInService(Current<T> next, @Nullable Current<T> failed) {
        boolean first = next != failed;
        if (first) {
            backoff.reset();
        }
        T value = next.value().orElse(null);
        if (value == null || (next.isTombstone() && slot.serving() != null)) {
            log.info("The state of '{}' is a tombstone; the last good resource, if any, stays", stream);
            board.nothingToLoad();
            return true;
        }
        Held<R> serving = slot.serving();
        if (serving != null && serving.isConfirmedBy(next)) {
            board.nothingToLoad();
            return true;
        }
        if (first) {
            board.loading();
        }
        try {
            if (slot.put(disposals.hold(loadedAndValid(value), next, clock.instant()))) {
                board.loaded();
                log.info("In service for '{}': the resource of {}", stream, LoadFailure.recordOf(next));
            }
            return true;
        } catch (Throwable e) { // also a LinkageError of native code, or no memory: the last good one stays
            failed(next, e, first);
            return false;
        }
    }

    private R loadedAndValid(T value) throws Exception {
        R resource = loader.load(value);
        if (resource == null) {
            throw new IllegalStateException("the loader returned null");
        }
        try {
            validator.validate(resource);
            return resource;
        } catch (Throwable e) {
            disposals.dispose(resource);
            throw e;
        }
    }

    private void failed(Current<T> current, Throwable cause, boolean first) {
        if (slot.isClosed()) {
            return; // most likely by the interrupt
        }
        LoadFailure failure = board.failed(current, cause);
        if (first) {
            log.warn(
                    "Failed {}; the last good resource of '{}' stays, trying again",
                    failure,
                    stream,
                    PlainText.trace(cause));
        } else {
            log.warn("Failed again: {}; the last good resource of '{}' stays, trying again", failure, stream);
        }
    }
}
