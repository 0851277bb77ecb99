package io.github.lateststate.resource;

import io.github.lateststate.Current;

/**
 * The right to use a resource. The resource is not disposed of before the lease is closed, even if it is superseded
 * meanwhile. Keep a lease as short as one request. Safe for use by any thread, not only the one that took it.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface Lease<T, R> extends AutoCloseable {

    /**
     * The resource: the same one each time. Do not use it after the lease is closed.
     *
     * @return the resource
     * @throws LeaseClosedException if the lease is closed
     */
    R get();

    /**
     * The state that the resource was loaded from.
     *
     * @return the state; also readable after the lease is closed
     */
    Current<T> current();

    /**
     * Gives the resource back. Does not block and never throws: if this was the last lease of a superseded resource,
     * the disposer's thread disposes of it. You may close a lease more than once.
     */
    @Override
    void close();
}
