package io.github.lateststate;

import io.github.lateststate.Status.LookBackReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phases and what else a status tells, all but the progress. Knows no broker, no value, no listener. Thread-safe. */
final class StatusBoard {

    private final InstantSource clock;
    private final Instant opened;
    private Phase phase = Phase.STARTING;
    private Instant since;
    private @Nullable LookBackReport lookBack;
    private boolean restored;
    private boolean fromSnapshot;
    private @Nullable Instant lastContact;
    private boolean newerPending;
    private long accepted;
    private long rejected;
    private long reconnects;
    private long listenerFailures;
    private @Nullable Throwable lastError;
    private @Nullable Rejection lastRejection;

    StatusBoard(InstantSource clock) {
        this.clock = clock;
        this.opened = clock.instant();
        this.since = opened;
    }

    synchronized Status status(String progress) {
        return new Status(
                phase,
                since,
                lookBack != null || restored,
                fromSnapshot,
                Optional.ofNullable(lastContact),
                newerPending,
                accepted,
                rejected,
                reconnects,
                listenerFailures,
                Optional.ofNullable(lookBack),
                Optional.ofNullable(lastError),
                Optional.ofNullable(lastRejection),
                progress);
    }

    synchronized void accepted() {
        accepted++;
    }

    synchronized void rejected(Rejection rejection) {
        rejected++;
        lastRejection = rejection;
    }

    synchronized void restored() {
        restored = true;
        fromSnapshot = true;
    }

    synchronized void published() {
        fromSnapshot = false;
    }

    synchronized void listenerFailed() {
        listenerFailures++;
    }

    synchronized void caughtUp(long recordsRead) {
        lookBack = new LookBackReport(Duration.between(opened, clock.instant()), recordsRead);
        if (phase == Phase.STARTING) {
            enter(Phase.LIVE);
        }
    }

    synchronized void contact(Instant at, boolean pending) {
        lastContact = at;
        newerPending = pending;
        if (phase == Phase.INTERRUPTED) {
            if (lookBack == null) {
                enter(Phase.STARTING);
            } else {
                reconnects++;
                enter(Phase.LIVE);
            }
        }
    }

    synchronized void interrupted(Throwable cause) {
        lastError = cause;
        if (phase == Phase.STARTING || phase == Phase.LIVE) {
            enter(Phase.INTERRUPTED);
        }
    }

    synchronized void failed(Throwable cause) {
        if (phase != Phase.CLOSED) {
            lastError = cause;
            enter(Phase.FAILED);
        }
    }

    synchronized void closed() {
        if (phase != Phase.CLOSED) {
            enter(Phase.CLOSED);
        }
    }

    synchronized Phase phase() {
        return phase;
    }

    private void enter(Phase next) {
        phase = next;
        since = clock.instant();
    }
}
