package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.Registration;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A resource that a loop keeps loading. */
final class LoadedResource<R> implements LatestResource<R> {

    private static final long CLOSE_SECONDS = 5;

    private final LatestState<?> state;
    private final Slot<R> slot;
    private final Disposals<R> disposals;
    private final LoadBoard board;
    private final LoadLoop<?, R> loop;
    private final @Nullable LeakReport leaks;
    private final Registration registration;

    private LoadedResource(
            LatestState<?> state,
            Slot<R> slot,
            Disposals<R> disposals,
            LoadBoard board,
            LoadLoop<?, R> loop,
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

    static <T, R> LatestResource<R> open(
            LatestState<T> state,
            Slot<R> slot,
            Disposals<R> disposals,
            LoadBoard board,
            LoadLoop<T, R> loop,
            @Nullable LeakReport leaks) {
        loop.start();
        Registration registration = state.listen(loop::stateChanged);
        return new LoadedResource<>(state, slot, disposals, board, loop, leaks, registration);
    }

    @Override
    public Lease<R> acquire() {
        Held<R> held = slot.lease();
        if (held == null) {
            throw none("There is no resource of '" + state.stream() + "' to lease");
        }
        HeldLease<R> lease = new HeldLease<>(held);
        return leaks == null ? lease : leaks.watched(lease);
    }

    @Override
    public ResourceStatus status() {
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
        ResourceStatus status = status();
        LoadFailure failure = status.lastFailure().orElse(null);
        return new NoResourceException(
                what + ": " + why(status) + (failure == null ? "." : ". Last failure: " + failure + "."),
                failure == null ? null : failure.cause());
    }

    private String why(ResourceStatus status) {
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
