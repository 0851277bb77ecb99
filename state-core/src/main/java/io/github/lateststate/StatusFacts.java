package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The content of a status while it is being collected. A {@link Status} keeps a copy that nobody writes to. */
final class StatusFacts implements Cloneable {

    Phase phase = Phase.STARTING;
    Instant since;
    boolean ready;
    boolean fromSnapshot;

    @Nullable
    Instant lastContact;

    /** The time since the last contact; before the first contact, since {@code open()}. */
    Duration silence = Duration.ZERO;

    boolean newerPending;
    long accepted;
    long rejected;
    long passedOver;
    long reconnects;
    long listenerFailures;
    Listeners.Slow slow = new Listeners.Slow(0, 0);

    @Nullable
    Instant slowestListenerSince;

    @Nullable
    LookBackReport lookBack;

    @Nullable
    Throwable lastError;

    /** The kind of the last error; empty if there was none. */
    String errorKind = "";

    @Nullable
    Rejection lastRejection;

    String progress = "";

    StatusFacts(Instant since) {
        this.since = since;
    }

    void error(Throwable newest) {
        lastError = newest;
        errorKind = ErrorKind.of(newest);
    }

    /** Null if the state is ready. */
    @Nullable
    Reason whyNotReady() {
        if (ready) {
            return null;
        }
        return phase == Phase.CLOSED ? Reason.CLOSED : Reason.FAILED;
    }

    StatusFacts copy() {
        try {
            return (StatusFacts) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
