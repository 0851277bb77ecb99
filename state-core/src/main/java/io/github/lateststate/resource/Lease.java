package io.github.lateststate.resource;

import io.github.lateststate.Current;

/**
 * The right to use a resource: it is not disposed of before the lease is closed, however often it is superseded meanwhile. Keep
 * it as short as one request. Safe for use by any thread, also by another one than took it.
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
     * What the resource stands for.
     *
     * @return the state that it was loaded from; readable after the lease is closed, too
     */
    Current<T> current();

    /**
     * Gives the resource back. Does not block and never throws: where this was the last lease of a superseded resource, that
     * is handed to the disposer's thread. Closing again does no harm.
     */
    @Override
    void close();
}
