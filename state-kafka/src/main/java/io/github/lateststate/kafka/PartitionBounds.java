package io.github.lateststate.kafka;

import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;

/**
 * Where the log of a partition begins and ends.
 *
 * @param begin the first offset that still exists, or {@link #NOT_ASKED}
 * @param end the offset after the last one that may be read: the last stable offset, or the high watermark for a reader
 *     of uncommitted records
 * @param highWatermark the offset after the last acknowledged one, or a lesser one that lies beyond the end if this one
 *     does; an open transaction hides what lies between
 * @param leaderEpoch the epoch of the leader that answered, or {@link #NO_EPOCH}
 */
record PartitionBounds(long begin, long end, long highWatermark, int leaderEpoch) {

    /** The begin if only the end was asked for. No log begins before it. */
    static final long NOT_ASKED = 0;

    /** The epoch of a leader that does not report its epoch. */
    static final int NO_EPOCH = -1;

    PartitionBounds(long begin, long end, long highWatermark) {
        this(begin, end, highWatermark, NO_EPOCH);
    }

    /** The end of the log as a leader reported it. If two leaders did, the epoch is that of the older one. */
    static PartitionBounds of(ListOffsetsResultInfo end, ListOffsetsResultInfo highWatermark) {
        int epoch = Math.min(
                end.leaderEpoch().orElse(NO_EPOCH), highWatermark.leaderEpoch().orElse(NO_EPOCH));
        return new PartitionBounds(NOT_ASKED, end.offset(), highWatermark.offset(), epoch);
    }

    /** The same bounds, with the first offset. */
    PartitionBounds beginningAt(long first) {
        return new PartitionBounds(first, end, highWatermark, leaderEpoch);
    }

    /** The same bounds, of a log that reaches this offset at least. */
    PartitionBounds writtenUpTo(long offset) {
        return new PartitionBounds(begin, end, Math.max(highWatermark, offset), leaderEpoch);
    }
}
