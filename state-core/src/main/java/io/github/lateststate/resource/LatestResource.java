package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The thing that the latest state stands for: loaded, and swapped for a newer one while readers go on.
 *
 * <pre>{@code
 * try (LatestState<ModelRef> state = LatestState.builder(JsonDecoder.of(ModelRef.class)).….open();
 *         LatestResource<ModelRef, Model> models = LatestResource.builder(state, Model::download, Model::close)
 *                 .validator(model -> model.predict(SAMPLE))
 *                 .open()) {
 *     models.awaitReady(Duration.ofMinutes(1));
 *     try (Lease<ModelRef, Model> lease = models.acquire()) {
 *         return lease.get().predict(input);
 *     }
 * }
 * }</pre>
 *
 * <p>A value is loaded, validated, and put into service; from then on every new lease is one of the new resource. The old one
 * is disposed of once, after its last lease is closed. A load that fails is tried again, with growing pauses, until it works
 * or the value is superseded; the last good resource stays in service meanwhile. So it does when the state becomes a
 * tombstone: "no state" is no reason to stop serving. A resource that was loaded from a snapshot is not loaded again when the
 * stream has the same record.
 *
 * <p><b>Not guaranteed:</b> that every value is loaded: what is superseded before its turn is skipped. Nor that the resource is
 * the one of the latest state: a load takes its time, and may fail; {@link #status()} and {@link Lease#current()} tell which
 * one it is. Nor that two leases of one request are of the same resource: take one. At times two resources are in memory, more
 * if leases are kept; a lease that is never closed keeps its resource for good.
 *
 * <p>All methods are safe for use by any thread. {@code acquire} takes no lock, never waits, and allocates the lease alone.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface LatestResource<T, R> extends AutoCloseable {

    /**
     * Begins to describe a resource.
     *
     * @param state says what to load; stays the caller's to close, after the resource
     * @param loader makes a resource from a value
     * @param disposer frees a resource; {@code resource -> {}} where the garbage collector does
     * @param <T> the type of the state's value
     * @param <R> the type of the resource
     * @return a builder
     */
    static <T, R> LatestResourceBuilder<T, R> builder(
            LatestState<T> state, Loader<? super T, ? extends R> loader, Disposer<? super R> disposer) {
        return new LatestResourceBuilder<>(state, loader, disposer);
    }

    /**
     * Takes a lease of the resource in service. Close it: {@code try (Lease<T, R> lease = resource.acquire())}.
     *
     * @return an open lease
     * @throws NoResourceException if there is no resource; the message says why
     */
    Lease<T, R> acquire();

    /**
     * How the resource is. Does not block.
     *
     * @return what is in service, what the loader is about, the last failure and more
     */
    ResourceStatus<T> status();

    /**
     * The stream.
     *
     * @return the topic or stream of the state that says what to load
     */
    String stream();

    /**
     * Blocks until there is a first resource. Returns at once when that has been reached before. An empty stream has nothing to load, so
     * there it goes on waiting. To avoid this, call {@link LatestState#awaitReady} first.
     *
     * @param timeout how long to wait; zero or less asks without waiting
     * @throws NotReadyException if the time is over, saying what was being waited for and why the last load failed; if it was closed
     *     before; if the state has failed or was closed, and has no value to load; or if the thread was interrupted (its interrupt flag
     *     is kept); {@link NotReadyException#reason()} says which
     */
    void awaitReady(Duration timeout);

    /**
     * Completes when there is a first resource, with this; and with a {@link NotReadyException} if this is closed before, or the state has
     * failed or was closed and has no value to load. Functions that are chained to it without {@code Async} run on the executor; see
     * {@link LatestResourceBuilder#executor}.
     *
     * @return a stage, the same outcome for all
     */
    CompletionStage<LatestResource<T, R>> ready();

    /**
     * Ends loading and gives out no more leases. A load that is running is interrupted, and what it still returns is disposed
     * of. Open leases stay good, and the resource is disposed of after the last of them.
     *
     * <p>Returns when the loader has ended and what is not leased is disposed of, and after 5 s at the latest; from any
     * thread, any number of times. A loader or disposer may call it, and is not waited for then. An interrupt does not stop
     * it: the flag is kept.
     */
    @Override
    void close();
}
