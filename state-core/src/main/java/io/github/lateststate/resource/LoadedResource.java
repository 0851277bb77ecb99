package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.NotReadyException.Reason;
import io.github.lateststate.Phase;
import io.github.lateststate.Registration;
import io.github.lateststate.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A resource that a loop keeps loading. */
final class LoadedResource<T, R> implements LatestResource<T, R> {

    private static final long CLOSE_SECONDS = 5;
    private static final Set<Phase> OVER = EnumSet.of(Phase.FAILED, Phase.CLOSED);

    private final LatestState<T> state;
    private final Slot<T, R> slot;
    private final Disposals<T, R> disposals;
    private final LoadTracker<T> tracker;
    private final LoadLoop<T, R> loop;
    private final @Nullable LeakReport leaks;
    private final CompletableFuture<LatestResource<T, R>> ready = new CompletableFuture<>();
    private final Registration values;
    private final Registration statuses;

    LoadedResource(
            LatestState<T> state,
            Slot<T, R> slot,
            Disposals<T, R> disposals,
            LoadTracker<T> tracker,
            LoadLoop<T, R> loop,
            @Nullable LeakReport leaks) {
        this.state = state;
        this.slot = slot;
        this.disposals = disposals;
        this.tracker = tracker;
        this.loop = loop;
        this.leaks = leaks;
        this.values = state.listen(current -> loop.stateChanged(state::current));
        this.statuses = state.listenStatus(this::statusChanged);
    }

    /** At its end the state may have a value that its executor did not deliver, and will not deliver any more. */
    private void statusChanged(Status status) {
        if (OVER.contains(status.phase())) {
            if (state.value().isPresent()) {
                loop.stateChanged(state::current);
            } else {
                tracker.neverReady(status.phase() == Phase.FAILED ? Reason.FAILED : Reason.CLOSED);
            }
        }
    }

    /**
     * Completes the stage on an executor when it is decided. If the executor refuses, the deciding thread completes it.
     */
    LatestResource<T, R> readyOn(Executor executor) {
        var unused = tracker.decided().thenAcceptAsync(this::complete, executor).exceptionally(refused -> {
            complete(tracker.decided().join());
            return null;
        });
        return this;
    }

    private void complete(@Nullable Reason reason) {
        if (reason == null) {
            ready.complete(this);
        } else {
            ready.completeExceptionally(notReady(reason, what()));
        }
    }

    @Override
    public Lease<T, R> acquire() {
        Held<T, R> held = slot.lease();
        if (held == null) {
            throw none(what() + " to lease");
        }
        HeldLease<T, R> lease = new HeldLease<>(held);
        return leaks == null ? lease : leaks.watched(lease);
    }

    @Override
    public ResourceStatus<T> status() {
        return tracker.status(slot.serving(), disposals.leasesOpen());
    }

    @Override
    public String stream() {
        return state.stream();
    }

    @Override
    public void awaitReady(Duration timeout) {
        Reason reason;
        try { // get alone would throw in an interrupted thread, though there is nothing left to wait for
            CompletableFuture<@Nullable Reason> decided = tracker.decided();
            reason = decided.isDone()
                    ? decided.join()
                    : decided.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady(Reason.INTERRUPTED, what() + ", and waiting for it was interrupted");
        } catch (TimeoutException e) {
            throw notReady(Reason.TIMEOUT, what() + " after " + timeout);
        } catch (ExecutionException e) {
            throw new AssertionError(e); // it never completes exceptionally
        }
        if (reason != null) {
            throw notReady(reason, what());
        }
    }

    @Override
    public CompletionStage<LatestResource<T, R>> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public void close() {
        values.close();
        statuses.close();
        tracker.closed(); // before the slot, so that a reader who finds it empty gets the reason
        slot.close();
        var loopEnded = loop.stop();
        if (!loop.isOnItsThread() && !disposals.isOnItsThread()) {
            loopEnded
                    .thenCompose(ended -> disposals.done())
                    .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private String what() {
        return "There is no resource of '" + state.stream() + "'";
    }

    private NotReadyException notReady(Reason reason, String what) {
        ResourceStatus<T> status = status();
        return new NotReadyException(reason, explained(what, status), lastCause(status));
    }

    private NoResourceException none(String what) {
        ResourceStatus<T> status = status();
        return new NoResourceException(explained(what, status), lastCause(status));
    }

    private String explained(String what, ResourceStatus<T> status) {
        return what + ": " + why(status)
                + status.lastFailure()
                        .map(failure -> ". Last failure: " + failure + ".")
                        .orElse(".");
    }

    private static @Nullable Throwable lastCause(ResourceStatus<?> status) {
        return status.lastFailure().map(LoadFailure::cause).orElse(null);
    }

    private String why(ResourceStatus<T> status) {
        return switch (status.phase()) {
            case WAITING -> whyNothingIsLoaded();
            case LOADING -> "the first one has been loading since " + status.since() + "; wait with awaitReady";
            case RETRYING -> "loading has failed since " + status.since() + " and is retried";
            case CLOSED -> "it was closed at " + status.since();
        };
    }

    private String whyNothingIsLoaded() {
        try {
            state.get();
            return "loading is about to begin; wait with awaitReady";
        } catch (NoStateException e) {
            return "there is nothing to load. " + e.getMessage();
        }
    }
}
