package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What the loader is about, and how it went so far. Knows no resource. Thread-safe. */
final class LoadBoard<T> {

    private final InstantSource clock;
    private final CountDownLatch firstLoad = new CountDownLatch(1);
    private LoadPhase phase = LoadPhase.WAITING;
    private Instant since;
    private long loads;
    private long failures;
    private @Nullable LoadFailure<T> lastFailure;

    LoadBoard(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    synchronized ResourceStatus<T> status(@Nullable Held<T, ?> serving, long leasesOpen) {
        return new ResourceStatus<>(
                new ResourceStatus.Loads<>(phase, since, loads, failures, Optional.ofNullable(lastFailure)),
                serving,
                leasesOpen);
    }

    /** Released when there is a first resource, or never will be. */
    CountDownLatch firstLoad() {
        return firstLoad;
    }

    synchronized void loading() {
        enter(LoadPhase.LOADING);
    }

    synchronized void nothingToLoad() {
        enter(LoadPhase.WAITING);
    }

    synchronized void loaded() {
        loads++;
        enter(LoadPhase.WAITING);
        firstLoad.countDown();
    }

    synchronized LoadFailure<T> failed(Current<T> current, Throwable cause) {
        LoadFailure<T> failure = new LoadFailure<>(current, cause, clock.instant());
        failures++;
        lastFailure = failure;
        enter(LoadPhase.RETRYING);
        return failure;
    }

    synchronized void closed() {
        enter(LoadPhase.CLOSED);
        firstLoad.countDown();
    }

    private void enter(LoadPhase next) {
        if (phase != next && phase != LoadPhase.CLOSED) {
            phase = next;
            since = clock.instant();
        }
    }
}
