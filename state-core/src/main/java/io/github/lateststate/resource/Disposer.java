package io.github.lateststate.resource;

/**
 * Frees what a resource holds. It is called once for each resource that was loaded, as soon as no lease can reach the
 * resource any more. This includes resources that were rejected or loaded too late. The calls come one at a time on a
 * thread of their own, which exists only while there is something to dispose of. So a slow disposer delays no reader
 * and no load.
 *
 * @param <R> the type of the resource
 */
@FunctionalInterface
public interface Disposer<R> {

    /**
     * Disposes of one resource.
     *
     * @param resource the resource
     * @throws Exception is logged; the call is not repeated
     */
    void dispose(R resource) throws Exception;
}
