package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.concurrent.Backoff;
import io.github.lateststate.concurrent.CallThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a resource and opens it. Not safe for use by several threads at once.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 */
public final class LatestResourceBuilder<T, R> {

    private final LatestState<T> state;
    private final Loader<? super T, ? extends R> loader;
    private final Disposer<? super R> disposer;
    private Validator<? super R> validator = resource -> {};
    private Duration firstPause = Duration.ofSeconds(1);
    private Duration longestPause = Duration.ofMinutes(1);
    private @Nullable LongSupplier leakClock;
    private @Nullable Executor executor;
    private InstantSource clock = InstantSource.system();

    LatestResourceBuilder(LatestState<T> state, Loader<? super T, ? extends R> loader, Disposer<? super R> disposer) {
        this.state = Objects.requireNonNull(state, "state");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.disposer = Objects.requireNonNull(disposer, "disposer");
    }

    /**
     * Sets a check that each resource must pass before any reader gets it.
     *
     * @param check throws to reject a resource
     * @return this
     */
    public LatestResourceBuilder<T, R> validator(Validator<? super R> check) {
        this.validator = Objects.requireNonNull(check, "validator");
        return this;
    }

    /**
     * Sets how long to pause before a failed load is tried again. The pause doubles from try to try, and the actual
     * pause is random, between half and the whole of it. A newer value is loaded without a pause.
     *
     * @param first the first pause; default 1 s
     * @param longest the longest pause; default 1 min
     * @return this
     * @throws IllegalArgumentException if the first is not positive, or longer than the longest
     */
    public LatestResourceBuilder<T, R> retry(Duration first, Duration longest) {
        Backoff.requireValid(first, longest);
        this.firstPause = first;
        this.longestPause = longest;
        return this;
    }

    /**
     * Reports lost leases. When the garbage collector finds a lease that was never closed, the log says where it was
     * taken, at most every ten seconds. Use it in tests and to search for a leak: each {@code acquire} then captures a
     * stack trace, which costs some microseconds. The resource is not disposed of, because someone may still use it.
     *
     * @return this
     */
    public LatestResourceBuilder<T, R> reportLeaks() {
        return reportLeaks(System::nanoTime);
    }

    /** Does the same with your own clock, in nanoseconds. */
    LatestResourceBuilder<T, R> reportLeaks(LongSupplier nanoTime) {
        this.leakClock = nanoTime;
        return this;
    }

    /**
     * Sets where loader and validator are called, one call at a time, and where functions that you chain to
     * {@link LatestResource#ready()} run. You own the executor: it is not shut down. If it refuses a load, the load is
     * tried again each second. If it refuses to run functions that you chained to {@code ready()}, the thread that
     * decided the outcome runs them at once. The disposer has a thread of its own.
     *
     * <p>Default: each load has a thread of its own. It is virtual on a JVM with virtual threads (21 and later), else a
     * daemon.
     *
     * @param calls runs the calls
     * @return this
     */
    public LatestResourceBuilder<T, R> executor(Executor calls) {
        this.executor = Objects.requireNonNull(calls, "executor");
        return this;
    }

    LatestResourceBuilder<T, R> clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Starts to load, and follows the state. Returns at once.
     *
     * @return the resource; the caller closes it
     * @throws IllegalStateException if the state is closed
     */
    public LatestResource<T, R> open() {
        LoadTracker<T> tracker = new LoadTracker<>(clock);
        Slot<T, R> slot = new Slot<>();
        Disposals<T, R> disposals = new Disposals<>(state.stream(), disposer);
        Backoff backoff = new Backoff(
                firstPause, longestPause, () -> ThreadLocalRandom.current().nextDouble());
        Loading<T, R> loading = new Loading<>(loader, validator, disposals, clock);
        Executor threads = executor == null ? loaderThreads() : executor;
        LoadLoop<T, R> loop = new LoadLoop<>(state.stream(), loading, slot, tracker, backoff, threads);
        LeakReport leaks = leakClock == null ? null : new LeakReport(state.stream(), leakClock);
        return new LoadedResource<>(state, slot, disposals, tracker, loop, leaks).readyOn(threads);
    }

    private Executor loaderThreads() {
        ThreadFactory threads = CallThreads.named("latest-state-loader-" + state.stream());
        return task -> threads.newThread(task).start();
    }
}
