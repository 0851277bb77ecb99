package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The resource that the latest state describes: loaded, and swapped for a newer one while readers go on.
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
 * <p>A value is loaded, validated, and put into service. From then on every new lease is one of the new resource. The
 * old resource is disposed of once, after its last lease is closed. A load that fails is tried again, with growing
 * pauses, until it works or the value is superseded. The last good resource stays in service meanwhile. It also stays
 * when the state becomes a tombstone: "no state" is not a reason to stop serving. A resource that was loaded from a
 * snapshot is not loaded again when the stream has the same record.
 *
 * <p><b>Not guaranteed:</b>
 *
 * <ul>
 *   <li>Not every value is loaded: a value that is superseded before its turn is skipped.
 *   <li>The resource may not be the one of the latest state: a load takes time, and may fail. {@link #status()} and
 *       {@link Lease#current()} say which one it is.
 *   <li>Two leases of one request may be of different resources: take one lease.
 *   <li>Memory may hold two resources at times, and more if readers keep leases. A lease that is never closed keeps its
 *       resource for ever.
 * </ul>
 *
 * <p>All methods are safe for use by any thread. {@code acquire} takes no lock, never waits, and allocates only the
 * lease.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface LatestResource<T, R> extends AutoCloseable {

    /**
     * Starts the description of a resource.
     *
     * @param state says what to load; you close it yourself, after the resource
     * @param loader makes a resource from a value
     * @param disposer frees a resource; {@code resource -> {}} if the garbage collector does
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
     * @throws NoResourceException if there is no resource; the message gives the reason
     */
    Lease<T, R> acquire();

    /**
     * What is in service and what the loader is doing. Does not block.
     *
     * @return what is in service, the phase of the loader, the last failure and more
     */
    ResourceStatus<T> status();

    /**
     * The stream.
     *
     * @return the topic or stream of the state that says what to load
     */
    String stream();

    /**
     * Blocks until there is a first resource. Returns at once if there was one before. An empty stream has nothing to
     * load, so the wait goes on. To avoid this, call {@link LatestState#awaitReady} first.
     *
     * @param timeout how long to wait; zero or less checks without waiting
     * @throws NotReadyException if there is no resource. {@link NotReadyException#reason()} says why: the timeout
     *     passed, this was closed before, the state has failed or was closed and has no value to load, or the thread
     *     was interrupted (its interrupt flag stays set). After a timeout the message says what the call waited for and
     *     why the last load failed
     */
    void awaitReady(Duration timeout);

    /**
     * Completes with this when there is a first resource. Completes with a {@link NotReadyException} if this is closed
     * before, or if the state has failed or was closed and has no value to load. Functions that you chain without
     * {@code Async} run on the executor; see {@link LatestResourceBuilder#executor}. Functions that you chain after the
     * stage has completed run on your thread, at once.
     *
     * @return a stage with the same outcome for all callers
     */
    CompletionStage<LatestResource<T, R>> ready();

    /**
     * Stops loading and gives out no more leases. Interrupts a load that is running, and disposes of what it still
     * returns. Open leases stay valid, and the resource is disposed of after the last of them.
     *
     * <p>Returns when the loader has ended and everything that is not leased is disposed of, and after 5 s at the
     * latest. You may call it from any thread, any number of times. If a loader or disposer calls it, it does not wait
     * for that caller. An interrupt does not stop it: the interrupt flag stays set.
     */
    @Override
    void close();
}
