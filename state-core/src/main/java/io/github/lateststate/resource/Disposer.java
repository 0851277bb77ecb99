package io.github.lateststate.resource;

/**
 * Frees what a resource holds. Called once for each resource that was loaded, when nobody can reach it through a lease any
 * more, also for those that were rejected or came too late. The calls come one at a time on a thread of their own, which
 * exists only while there is something to dispose of: a slow one delays no reader and no load.
 *
 * @param <R> the type of the resource
 */
@FunctionalInterface
public interface Disposer<R> {

    /**
     * Disposes of one resource.
     *
     * @param resource the resource
     * @throws Exception is logged; it is not tried again
     */
    void dispose(R resource) throws Exception;
}
