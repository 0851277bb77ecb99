package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.NotReadyException.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the loader is doing, and how its loads went. It knows no resource. Thread-safe. */
final class LoadTracker<T> {

    private final InstantSource clock;
    private final CompletableFuture<@Nullable Reason> decided = new CompletableFuture<>();
    private LoadPhase phase = LoadPhase.WAITING;
    private Instant since;
    private long loads;
    private long failures;
    private @Nullable LoadFailure<T> lastFailure;

    LoadTracker(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    synchronized ResourceStatus<T> status(@Nullable Held<T, ?> serving, long leasesOpen) {
        return new ResourceStatus<>(
                new ResourceStatus.Loads<>(phase, since, loads, failures, Optional.ofNullable(lastFailure)),
                serving,
                leasesOpen);
    }

    /** Completes with null when there is a first resource, or with the reason when there never will be. */
    CompletableFuture<@Nullable Reason> decided() {
        return decided;
    }

    /** Notes that there is nothing to load, and nothing will come. */
    void neverReady(Reason reason) {
        decided.complete(reason);
    }

    synchronized void loading() {
        enter(LoadPhase.LOADING);
    }

    synchronized void nothingToLoad() {
        enter(LoadPhase.WAITING);
    }

    void loaded() {
        synchronized (this) {
            loads++;
            enter(LoadPhase.WAITING);
        }
        decided.complete(null); // outside of the lock, because it may run callers' functions
    }

    synchronized LoadFailure<T> failed(Current<T> current, Throwable cause) {
        LoadFailure<T> failure = new LoadFailure<>(current, cause, clock.instant());
        failures++;
        lastFailure = failure;
        enter(LoadPhase.RETRYING);
        return failure;
    }

    void closed() {
        synchronized (this) {
            enter(LoadPhase.CLOSED);
        }
        decided.complete(Reason.CLOSED);
    }

    private void enter(LoadPhase next) {
        if (phase != next && phase != LoadPhase.CLOSED) {
            phase = next;
            since = clock.instant();
        }
    }
}
