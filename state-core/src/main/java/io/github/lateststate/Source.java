package io.github.lateststate;

/**
 * Where a state comes from.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum Source {
    /** A record of the stream, read in this run. */
    RECORD,

    /** The latest record of the stream says that there is no state. The value is the initial one where one was given. */
    TOMBSTONE,

    /** No record yet. The value is the one that was given to {@code LatestStateBuilder.initial}. */
    INITIAL,

    /**
     * A record, or a tombstone, that an earlier run has saved. No record of the stream has taken its place yet. It is a tombstone if the
     * value is missing or the initial one.
     */
    SNAPSHOT,

    /** No record yet, and no initial value. */
    NONE
}
