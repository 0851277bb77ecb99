package io.github.lateststate.kafka;

import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;

/**
 * Where the log of a partition begins and ends.
 *
 * @param begin the first offset that is still there, or {@link #NOT_ASKED}
 * @param end the offset behind the last one that may be read: the last stable offset, or the high watermark for a reader of
 *     uncommitted records
 * @param highWatermark the offset behind the last acknowledged one; what lies between the end and this is hidden by an open
 *     transaction
 * @param leaderEpoch the epoch of the leader that answered, or {@link #NO_EPOCH}
 */
record Bounds(long begin, long end, long highWatermark, int leaderEpoch) {

    /** The begin if only the end was asked for: no log begins before this. */
    static final long NOT_ASKED = 0;

    /** The epoch of a leader that does not say its epoch. */
    static final int NO_EPOCH = -1;

    Bounds(long begin, long end, long highWatermark) {
        this(begin, end, highWatermark, NO_EPOCH);
    }

    /** What a leader said of the end of its log; if two leaders did, the epoch is that of the older. */
    static Bounds of(ListOffsetsResultInfo end, ListOffsetsResultInfo highWatermark) {
        int epoch = Math.min(
                end.leaderEpoch().orElse(NO_EPOCH), highWatermark.leaderEpoch().orElse(NO_EPOCH));
        return new Bounds(NOT_ASKED, end.offset(), highWatermark.offset(), epoch);
    }

    /** The same, with the first offset. */
    Bounds beginningAt(long first) {
        return new Bounds(first, end, highWatermark, leaderEpoch);
    }

    /** The same, with what another question to the leader brought. */
    Bounds with(ListOffsetsResultInfo written) {
        return new Bounds(begin, end, written.offset(), written.leaderEpoch().orElse(NO_EPOCH));
    }
}
