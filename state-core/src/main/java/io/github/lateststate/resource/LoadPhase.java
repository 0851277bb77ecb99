package io.github.lateststate.resource;

/**
 * What the loader is doing.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum LoadPhase {
    /**
     * Nothing to load: waiting for a state, or for a newer one. Entered at {@code open()}, when a resource was put into
     * service and when the state is a tombstone; left when a value comes.
     */
    WAITING,

    /** Loading a value for the first time. Entered when it comes; left when it is in service or has failed. */
    LOADING,

    /**
     * The last try failed; waiting for the next one, or at it. {@link ResourceStatus#lastFailure()} says why. Left when the
     * resource is in service, or the value is superseded.
     */
    RETRYING,

    /** Closed by the caller. Final. */
    CLOSED
}
