package io.github.lateststate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fresh a state is, at the moment it was asked for.
 *
 * @param phase how far it is
 * @param since when that phase was entered
 * @param ready whether the look-back has ended, or a snapshot was read; once true it stays so, also through an outage
 * @param fromSnapshot whether the state is what an earlier run saved, and no record of the stream has taken its place yet
 * @param lastContact when the broker was asked the last question that the state is up to date with: all that the whole stream held
 *     then has been offered to the decoder; empty if there was none
 * @param newerPending whether the broker then held something newer that was not readable yet, such as a record under an open
 *     transaction
 * @param accepted how many records were accepted
 * @param rejected how many records were rejected because they could not be decoded, or not even read; records that were
 *     superseded before they were looked at are in neither count
 * @param reconnects how often it was {@code LIVE} again after it had been {@code INTERRUPTED}
 * @param listenerFailures how often a listener threw
 * @param slowListeners how many listeners have been running for more than 15 s
 * @param slowestListenerSince since when the slowest of those has been running; empty if there is none
 * @param lookBack what the search for the last record took; empty until it has ended, and the same from then on
 * @param lastError the latest trouble with the broker, kept after it has passed; {@code phase} says whether it has
 * @param lastRejection the latest record that was rejected
 * @param progress what the subscriber is doing, for a person: one clause without a full stop
 */
public record Status(
        Phase phase,
        Instant since,
        boolean ready,
        boolean fromSnapshot,
        Optional<Instant> lastContact,
        boolean newerPending,
        long accepted,
        long rejected,
        long reconnects,
        long listenerFailures,
        long slowListeners,
        Optional<Instant> slowestListenerSince,
        Optional<LookBackReport> lookBack,
        Optional<Throwable> lastError,
        Optional<Rejection> lastRejection,
        String progress) {

    /**
     * What the search at the start took.
     *
     * @param duration from {@code open()} to its end, by the monotonic clock; the time that the broker was away is in it
     * @param recordsRead how many records the broker has handed out for it
     */
    public record LookBackReport(Duration duration, long recordsRead) {}
}
