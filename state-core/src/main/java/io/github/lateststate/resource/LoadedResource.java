package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.Registration;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A resource that a loop keeps loading. */
final class LoadedResource<T, R> implements LatestResource<T, R> {

    private static final long CLOSE_SECONDS = 5;

    private final LatestState<T> state;
    private final Slot<T, R> slot;
    private final Disposals<T, R> disposals;
    private final LoadBoard<T> board;
    private final LoadLoop<T, R> loop;
    private final @Nullable LeakReport leaks;
    private final Registration registration;

    private LoadedResource(
            LatestState<T> state,
            Slot<T, R> slot,
            Disposals<T, R> disposals,
            LoadBoard<T> board,
            LoadLoop<T, R> loop,
            @Nullable LeakReport leaks,
            Registration registration) {
        this.state = state;
        this.slot = slot;
        this.disposals = disposals;
        this.board = board;
        this.loop = loop;
        this.leaks = leaks;
        this.registration = registration;
    }

    static <T, R> LatestResource<T, R> open(
            LatestState<T> state,
            Slot<T, R> slot,
            Disposals<T, R> disposals,
            LoadBoard<T> board,
            LoadLoop<T, R> loop,
            @Nullable LeakReport leaks) {
        loop.start();
        Registration registration = state.listen(loop::stateChanged);
        return new LoadedResource<>(state, slot, disposals, board, loop, leaks, registration);
    }

    @Override
    public Lease<T, R> acquire() {
        Held<T, R> held = slot.lease();
        if (held == null) {
            throw none("There is no resource of '" + state.stream() + "' to lease");
        }
        HeldLease<T, R> lease = new HeldLease<>(held);
        return leaks == null ? lease : leaks.watched(lease);
    }

    @Override
    public ResourceStatus<T> status() {
        return board.status(slot.serving(), disposals.leasesOpen());
    }

    @Override
    public String stream() {
        return state.stream();
    }

    @Override
    public void awaitReady(Duration timeout) {
        String what = "There is no resource of '" + state.stream() + "'";
        boolean ended;
        try { // await alone would throw in an interrupted thread, though there is nothing left to wait for
            ended = board.firstLoad().getCount() == 0
                    || board.firstLoad().await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw none(what + ", and waiting for it was interrupted");
        }
        if (!ended) {
            throw none(what + " after " + timeout);
        }
        if (status().loads() == 0) {
            throw none(what);
        }
    }

    @Override
    public void close() {
        registration.close();
        board.closed(); // before the slot is, so that whoever finds that empty is told why
        slot.close();
        var loopEnded = loop.stop();
        if (!loop.isOnItsThread() && !disposals.isOnItsThread()) {
            loopEnded
                    .thenCompose(ended -> disposals.done())
                    .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private NoResourceException none(String what) {
        ResourceStatus<T> status = status();
        LoadFailure<T> failure = status.lastFailure().orElse(null);
        return new NoResourceException(
                what + ": " + why(status) + (failure == null ? "." : ". Last failure: " + failure + "."),
                failure == null ? null : failure.cause());
    }

    private String why(ResourceStatus<T> status) {
        return switch (status.phase()) {
            case WAITING -> whyNothingIsLoaded();
            case LOADING -> "the first one is being loaded since " + status.since() + ", wait with awaitReady";
            case RETRYING -> "loading failed, since " + status.since() + ", and is tried again";
            case CLOSED -> "it was closed at " + status.since();
        };
    }

    private String whyNothingIsLoaded() {
        try {
            state.get();
            return "loading is about to begin, wait with awaitReady";
        } catch (NoStateException e) {
            return "there is nothing to load. " + e.getMessage();
        }
    }
}
