package io.github.lateststate.resource;

/**
 * What the loader is doing.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum LoadPhase {
    /**
     * Nothing is to be loaded: it waits for a state, or for a newer one. Entered at {@code open()}, when a resource
     * was put into service, and when the state is a tombstone. Left when a value comes.
     */
    WAITING,

    /**
     * The value is being loaded for the first time. Entered when it comes. Left when it is in service or has failed.
     */
    LOADING,

    /**
     * The last try failed; the next one is waiting or running. {@link ResourceStatus#lastFailure()} gives the reason.
     * Left when the resource is in service, or the value is superseded.
     */
    RETRYING,

    /** The caller closed the resource. This phase is final. */
    CLOSED
}
