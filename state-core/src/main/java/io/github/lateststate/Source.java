package io.github.lateststate;

/**
 * Where a state comes from.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum Source {
    /** A record of the stream that this run has read. */
    RECORD,

    /**
     * The latest record of the stream is a tombstone: there is no state. The value is the initial value if you gave
     * one.
     */
    TOMBSTONE,

    /** There is no record yet. The value is the one from {@code LatestStateBuilder.initial}. */
    INITIAL,

    /**
     * A record or a tombstone that an earlier run saved. No record of the stream has replaced it yet. It is a tombstone
     * if the value is missing or the initial one.
     */
    SNAPSHOT,

    /** There is no record yet, and no initial value. */
    NONE
}
