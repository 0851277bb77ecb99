package io.github.lateststate.spi;

import java.time.Duration;

/**
 * Receives what a subscriber reads. The rules of this package say when to call each method. Calls never overlap. Only
 * {@link #offer} throws, and no method blocks longer than the decoding of one record takes.
 *
 * @apiNote Later versions may add methods that have a default.
 */
public interface StateSink {

    /**
     * Offers a record as the newest of its partition.
     *
     * @param record the record; a null value is a tombstone, which is always accepted
     * @return whether it was accepted and is now the head of its partition. {@code false} if it could not be decoded
     *     (then look for an older one) or if the state was closed
     * @throws UndecidedException if it cannot be decoded now: treat this as an outage, and look back again to before
     *     this record
     * @throws StoppedException if the state has failed, because the decoder itself is broken. Let it end what the thread
     *     is doing: the state closes the subscription
     */
    boolean offer(StateRecord record);

    /**
     * Whether the state wants a record, by its key and headers. Ask for each record as you read it. Pass over a record
     * that is not wanted: do not keep it, do not offer it, and look further back as if it did not exist. The sink does
     * not accept an unwanted record that is offered anyway. If you ask twice for a record, it counts twice.
     *
     * @param record the record; its payload is not read
     * @return whether to offer it
     */
    default boolean wants(StateRecord record) {
        return true;
    }

    /**
     * Reports a record that the subscriber cannot offer, because its own format around the payload is damaged. Call
     * this instead of {@link #offer}; the record is not accepted. The last good state stays, and the subscriber should
     * look for an older record.
     *
     * @param record the record as the broker holds it; its payload is not decoded
     * @param cause the reason; its message names the format
     */
    void rejected(StateRecord record, Throwable cause);

    /**
     * Reports that another log took the place of the current one, for example because a topic or stream was deleted and
     * created again. The records that were accepted until now count until a record of the new log is accepted, in any
     * partition.
     */
    void replaced();

    /**
     * Reports that the head of a partition no longer counts, because its descendants hold newer records. A later offer
     * makes the partition count again.
     *
     * @param partition the name of the partition; a partition without a head is ignored
     */
    void retire(String partition);

    /**
     * Reports that the look-back has ended in every partition that was known at the start. Call it once.
     *
     * @param recordsRead how many records the broker sent for the look-back, both offered and passed over; a record
     *     that was read twice counts twice
     */
    void caughtUp(long recordsRead);

    /**
     * Reports that everything that the broker had when it was asked has been offered, for every partition. It ends an
     * interruption. Contact that is older than 15 s does not make the state live.
     *
     * @param age how long ago the broker was asked, by the monotonic clock; never the age of its answer, nor of a read
     * @param newerPending whether the stream holds something beyond what was offered: a record on its way, or an open
     *     transaction that hides what is above it
     */
    void contact(Duration age, boolean newerPending);

    /**
     * Reports that there is no contact with the stream, or with a part of it, and that retries go on. Repeated calls
     * replace the cause.
     *
     * @param cause the reason; its message says what was tried, and what to do if someone can do something
     */
    void interrupted(Throwable cause);

    /**
     * Reports that the subscriber has given up. It makes no other call afterwards.
     *
     * @param cause the reason; its message says what to fix
     */
    void failed(Throwable cause);
}
