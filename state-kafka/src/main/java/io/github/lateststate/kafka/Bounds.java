package io.github.lateststate.kafka;

/**
 * Where the log of a partition begins and ends.
 *
 * @param begin the first offset that is still there, or {@link #NOT_ASKED}
 * @param end the offset behind the last one that may be read: the last stable offset, or the high watermark for a reader of
 *     uncommitted records
 * @param highWatermark the offset behind the last acknowledged one; what lies between the end and this is hidden by an open
 *     transaction
 */
record Bounds(long begin, long end, long highWatermark) {

    /** Of whom only the end was asked for: no log begins before this. */
    static final long NOT_ASKED = 0;
}
