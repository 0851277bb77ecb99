package io.github.lateststate.spi;

import java.time.Duration;

/**
 * Where a subscriber puts what it sees. The rules of this package say when each method is called; calls never overlap.
 * Only {@link #offer} throws, and no method blocks longer than the decoding of one record takes.
 */
public interface StateSink {

    /**
     * Offers a record as the newest of its partition.
     *
     * @param record the record; a null value is a tombstone, which is always accepted
     * @return whether it was accepted, and so is now the head of its partition; {@code false} if it could not be decoded
     *     (an older one should then be looked for) or if the state was closed
     * @throws UndecidedException if it cannot be decoded now: treat it as an outage, and look back again to before this record
     * @throws StoppedException if the state has failed, because the decoder itself is broken: end the subscription
     */
    boolean offer(StateRecord record);

    /**
     * Asks whether the state takes an interest in a record, by its key and headers. Ask for each record as it is read, and pass over one
     * that is not wanted: do not keep it, do not offer it, and look further back as if it were not there. A record that was not asked
     * for may be offered; it is not accepted then. Asking for a record again counts it again.
     *
     * @param record the record; its payload is not looked at
     * @return whether to offer it
     */
    default boolean wants(StateRecord record) {
        return true;
    }

    /**
     * Says that the subscriber found a record that it cannot offer, as its own format around the payload is damaged. Takes
     * the place of the offer, and is one that was not accepted: the last good state stays, and an older record should be
     * looked for.
     *
     * @param record the record as the broker holds it; its payload is not decoded
     * @param cause why; its message names the format
     */
    void rejected(StateRecord record, Throwable cause);

    /**
     * Says that another log took the place of the one before, as when a topic or a stream is deleted and created again. What was
     * accepted until now counts until a record of the new log is accepted, in whatever partition.
     */
    void replaced();

    /**
     * Says that what a partition holds no longer counts, because its descendants hold newer records. A later offer makes the partition
     * count again.
     *
     * @param partition the name of the partition; one without a head is ignored
     */
    void retire(String partition);

    /**
     * Says that every partition known at the start has been looked back through. Called once.
     *
     * @param recordsRead how many records the broker has handed out for that, the offered ones and those passed over alike;
     *     one that was read twice counts twice
     */
    void caughtUp(long recordsRead);

    /**
     * Reports that all which the broker had when it was asked has been offered, for every partition; ends an interruption. Contact
     * that is older than 15 s does not make the state live.
     *
     * @param age how long ago the broker was asked, by the monotonic clock; never the age of its answer, nor of a read
     * @param newerPending whether the stream holds something beyond what has been offered: a record on its way, or an open
     *     transaction that hides what is above it
     */
    void contact(Duration age, boolean newerPending);

    /**
     * Says that there is no contact with the stream, or with a part of it; retries go on. Repeated calls replace the cause.
     *
     * @param cause why; its message names what was tried, and what to do where somebody can do something
     */
    void interrupted(Throwable cause);

    /**
     * Says that the subscriber has given up. No other call follows.
     *
     * @param cause why; its message says what to fix
     */
    void failed(Throwable cause);
}
