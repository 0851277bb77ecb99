package io.github.lateststate.kafka;

import org.apache.kafka.common.TopicPartition;

/** The look-back of one partition, and where its reader is. For one thread. */
final class PartitionSearch {

    private final TopicPartition partition;
    private final LookBack lookBack;
    private long position;
    private long rejectedFrom = Long.MAX_VALUE;

    PartitionSearch(TopicPartition partition, LookBack lookBack) {
        this.partition = partition;
        this.lookBack = lookBack;
    }

    TopicPartition partition() {
        return partition;
    }

    LookBack lookBack() {
        return lookBack;
    }

    /** The offset that is read next. */
    long position() {
        return position;
    }

    boolean isOpen() {
        return !lookBack.done();
    }

    /** Notes where the reader is. Returns whether it has moved on. */
    boolean movedTo(long next) {
        boolean further = next > position;
        position = Math.max(position, next);
        return further;
    }

    /** Begins the window. Returns the offset to seek to. */
    long beginWindow() {
        position = lookBack.windowBegin();
        return position;
    }

    /**
     * Puts a batch that cannot be read in the place of its records. Does nothing if the batch lies after the window,
     * and so has been rejected: the client meets it there if nothing readable comes before it.
     *
     * @param named whether Kafka named the batch
     */
    void unreadable(UnreadableBatch batch, boolean named) {
        long end = lookBack.windowEnd();
        boolean known = batch.offset() >= end || (!named && batch.end() >= end && end == rejectedFrom);
        if (!known) {
            rejectedFrom = batch.offset();
            lookBack.unreadable(batch);
        }
    }
}
