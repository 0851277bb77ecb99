package io.github.lateststate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fresh a state is, at the moment of the call. Immutable. Two instances are equal if all their parts are equal.
 *
 * @apiNote Later versions may add methods. The text of {@link #toString()} and {@link #progress()} is for people and
 *     may change.
 */
public final class Status {

    private final StatusFacts facts;

    Status(StatusFacts facts) {
        this.facts = facts.copy();
    }

    /**
     * Whether the state can be served and the broker was not silent for too long. The state is healthy if it is
     * {@link #ready()}, is not closed, and the last contact is at most {@code maxSilence} ago. Until the first contact,
     * the silence counts from {@code open()}.
     *
     * <ul>
     *   <li><b>Readiness</b> of a service: {@code healthy(ChronoUnit.FOREVER.getDuration())}. An outage of the broker
     *       then takes no instance out of service, because they all serve the last known state. Give a shorter time
     *       if an old state is worse than none.
     *   <li><b>Alerts:</b> alert if {@code healthy(Duration.ofMinutes(5))} is false for a while. Use a time above 15 s:
     *       a broker that restarts is silent for some seconds.
     *   <li><b>Liveness</b>, which restarts the process: do not use this method, because a restart does not bring the
     *       broker back. Use {@code phase() != Phase.FAILED}.
     * </ul>
     *
     * @param maxSilence how long ago the last contact may be
     * @return whether the state is healthy; {@code false} in the phases FAILED and CLOSED and before the state is ready
     */
    public boolean healthy(Duration maxSilence) {
        return facts.ready && facts.phase != Phase.CLOSED && facts.silence.compareTo(maxSilence) <= 0;
    }

    /**
     * What the state is doing.
     *
     * @return the phase
     */
    public Phase phase() {
        return facts.phase;
    }

    /**
     * When the phase was entered.
     *
     * @return the time, by the wall clock
     */
    public Instant since() {
        return facts.since;
    }

    /**
     * Whether the look-back has ended or a snapshot was read. Once true it stays true, also during an outage and after
     * {@code close()}; only {@link Phase#FAILED} ends it.
     *
     * @return whether there is something to serve from, even if that is "no state"
     */
    public boolean ready() {
        return facts.ready;
    }

    /**
     * Whether the state is what an earlier run saved, and no record of the stream has replaced it yet.
     *
     * @return whether it comes from a snapshot
     */
    public boolean fromSnapshot() {
        return facts.fromSnapshot;
    }

    /**
     * When the broker was last asked a question that the state is up to date with. Everything that the whole stream
     * held at that moment has been offered to the decoder.
     *
     * @return the time, by the wall clock; empty if there was no contact yet
     */
    public Optional<Instant> lastContact() {
        return Optional.ofNullable(facts.lastContact);
    }

    /**
     * Whether the broker held something newer at the last contact that could not be read yet, such as a record under an
     * open transaction. At the start Kafka's subscriber does not know of open transactions before it asks the broker
     * again, up to 5 s later.
     *
     * @return whether something newer is pending
     */
    public boolean newerPending() {
        return facts.newerPending;
    }

    /**
     * How many records were accepted.
     *
     * @return the number since {@code open()}
     */
    public long accepted() {
        return facts.accepted;
    }

    /**
     * How many records were rejected because they could not be read or decoded. Records that are superseded before
     * anyone looks at them are neither accepted nor rejected.
     *
     * @return the number since {@code open()}
     */
    public long rejected() {
        return facts.rejected;
    }

    /**
     * How many records were passed over because {@code LatestStateBuilder.only} or {@code key} did not select them.
     *
     * @return the number since {@code open()}; a record that was read twice counts twice
     */
    public long passedOver() {
        return facts.passedOver;
    }

    /**
     * How often the state became {@code LIVE} again after it was {@code INTERRUPTED}.
     *
     * @return the number since {@code open()}
     */
    public long reconnects() {
        return facts.reconnects;
    }

    /**
     * How many calls to listeners have thrown.
     *
     * @return the number since {@code open()}
     */
    public long listenerFailures() {
        return facts.listenerFailures;
    }

    /**
     * How many listeners have been running for more than 15 s.
     *
     * @return the number now
     */
    public long slowListeners() {
        return facts.slow.count();
    }

    /**
     * Since when the slowest of those listeners has been running.
     *
     * @return the time, by the wall clock; empty if there is none
     */
    public Optional<Instant> slowestListenerSince() {
        return Optional.ofNullable(facts.slowestListenerSince);
    }

    /**
     * The cost of the look-back.
     *
     * @return empty until it has ended, and the same report from then on
     */
    public Optional<LookBackReport> lookBack() {
        return Optional.ofNullable(facts.lookBack);
    }

    /**
     * The latest trouble with the broker. It stays after the trouble has passed; {@link #phase()} says whether it has.
     *
     * @return the trouble; empty if there was none
     */
    public Optional<Throwable> lastError() {
        return Optional.ofNullable(facts.lastError);
    }

    /**
     * The latest record that was rejected.
     *
     * @return the record and the reason; empty if there was none
     */
    public Optional<Rejection> lastRejection() {
        return Optional.ofNullable(facts.lastRejection);
    }

    /**
     * What the subscriber is doing, for a person.
     *
     * @return one clause without a full stop
     */
    public String progress() {
        return facts.progress;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Status that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** The phase, since when, the progress and the last error, on one line that is safe to show. */
    @Override
    public String toString() {
        return phase() + " since " + since() + ", " + progress()
                + lastError()
                        .map(error -> ". Last error: " + PlainText.of(error))
                        .orElse("");
    }

    /** Leaves the silence out: the last contact says the same, and does not change with each look. */
    private List<Object> parts() {
        return List.of(
                List.of(phase(), since(), ready(), fromSnapshot(), lastContact(), newerPending()),
                List.of(accepted(), rejected(), passedOver(), reconnects(), listenerFailures()),
                List.of(slowListeners(), slowestListenerSince(), lookBack(), lastError(), lastRejection(), progress()));
    }
}
