package io.github.lateststate.reliability;

/** What is wrong with the answers of {@link FaultyKinesis}. */
enum KinesisFault {
    /** Calls are answered normally. */
    NONE,

    /** Most calls are throttled. */
    THROTTLING,

    /** Most calls fail with an internal error. */
    FAILING,

    /** Reads find nothing, but say that there is more. */
    EMPTY_PAGES,

    /** Connections are closed in the middle of a call. */
    CUTTING,

    /** No call is answered. */
    SILENT
}
