package io.github.lateststate.resource;

/**
 * Looks at a resource that was loaded, before any reader gets it. Called on the loader's thread.
 *
 * @param <R> the type of the resource
 */
@FunctionalInterface
public interface Validator<R> {

    /**
     * Tries a resource out.
     *
     * @param resource the resource; do not keep it
     * @throws Exception to reject it, errors included: that is a failed load, and this resource is disposed of
     */
    void validate(R resource) throws Exception;
}
