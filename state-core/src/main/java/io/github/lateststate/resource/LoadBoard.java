package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What the loader is about, and how it went so far. Knows no resource. Thread-safe. */
final class LoadBoard {

    private final InstantSource clock;
    private final CountDownLatch firstLoad = new CountDownLatch(1);
    private LoadPhase phase = LoadPhase.WAITING;
    private Instant since;
    private long loads;
    private long failures;
    private @Nullable LoadFailure lastFailure;

    LoadBoard(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    synchronized ResourceStatus status(@Nullable Held<?> serving, long leasesOpen) {
        return new ResourceStatus(
                phase,
                since,
                Optional.ofNullable(serving).map(Held::current),
                Optional.ofNullable(serving).map(Held::since),
                loads,
                failures,
                Optional.ofNullable(lastFailure),
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

    synchronized LoadFailure failed(Current<?> current, Throwable cause) {
        LoadFailure failure = new LoadFailure(current, cause, clock.instant());
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
