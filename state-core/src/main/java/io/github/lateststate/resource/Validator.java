package io.github.lateststate.resource;

/**
 * Checks a loaded resource before any reader gets it. It is called on the loader's thread.
 *
 * @param <R> the type of the resource
 */
@FunctionalInterface
public interface Validator<R> {

    /**
     * Checks one resource.
     *
     * @param resource the resource; do not keep it
     * @throws Exception to reject it; an error rejects it too. The load has then failed, and this resource is disposed
     *     of
     */
    void validate(R resource) throws Exception;
}
