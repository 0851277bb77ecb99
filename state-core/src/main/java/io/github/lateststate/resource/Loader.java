package io.github.lateststate.resource;

import org.jspecify.annotations.Nullable;

/**
 * Makes a resource from a value of the state. It is called on a thread of its own or on the executor that you gave, one
 * call at a time. It may block; values that are superseded meanwhile are skipped. Only {@link LatestResource#close()}
 * interrupts it. A loader that never returns keeps every newer value waiting, so set a timeout for what it downloads.
 *
 * <p>If it throws anything, errors included, the load has failed: the last good resource stays, and the load is tried
 * again. The loader must close what it opened before it threw.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 */
@FunctionalInterface
public interface Loader<T, R> {

    /**
     * Loads one resource.
     *
     * @param value the value of the state
     * @return a new resource each time, because each is disposed of; null is a failed load
     * @throws Exception if it cannot be loaded
     */
    @Nullable
    R load(T value) throws Exception;
}
