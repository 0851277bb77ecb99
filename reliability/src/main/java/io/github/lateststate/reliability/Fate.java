package io.github.lateststate.reliability;

/** What the writer knows of an update. */
enum Fate {
    /** In a transaction that nobody has asked to commit. It must not be shown. */
    OPEN,

    /** Sent, or its commit was requested, and the outcome is not known. It may be shown. */
    UNKNOWN,

    /** Acknowledged, and committed if it was in a transaction. */
    COMMITTED,

    /** Its transaction was given up before anyone asked to commit it. It must never be shown. */
    ABORTED
}
