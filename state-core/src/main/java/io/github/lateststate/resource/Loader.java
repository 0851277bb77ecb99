package io.github.lateststate.resource;

import org.jspecify.annotations.Nullable;

/**
 * Makes a resource from a value of the state. Called on a thread of its own or on the executor that was given, one call at a time; it may block. While it
 * does, values that are superseded are skipped. It is interrupted by {@link LatestResource#close()}, and by nothing else: a
 * loader that never returns keeps every newer value waiting, so give what it downloads with a timeout.
 *
 * <p>Whatever it throws, errors included, is a failed load: the last good resource stays, and it is tried again. What it
 * opened before it threw is its own to close.
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
     * @return a new resource each time, as each is disposed of; null is a failed load
     * @throws Exception if it cannot be loaded
     */
    @Nullable
    R load(T value) throws Exception;
}
