package io.github.lateststate;

import io.github.lateststate.Status.LookBackReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The phases and the rest of a status, except the progress. Knows no broker, no value, no listener. Thread-safe.
 *
 * <p>The phase follows from facts and the monotonic clock, each time that someone looks: what the subscriber last reported, how long
 * ago the broker was asked, and for how long a decoder has been running. So no missed event can leave a state LIVE.
 */
final class StatusBoard {

    /** A state is live only if the broker was asked less than this ago, and only if no decoder runs for longer. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(15);

    /** Clocks that are adjusted little by little drift by less. */
    private static final Duration WALL_CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final PhaseLog log;
    private final long opened;
    private Phase phase = Phase.STARTING;
    private Instant since;
    private @Nullable LookBackReport lookBack;
    private boolean restored;
    private boolean fromSnapshot;
    private @Nullable Instant lastContact;
    private long askedAt;
    private boolean newerPending;
    private @Nullable Throwable outage;
    private @Nullable Origin decoding;
    private long decodingSince;
    private long accepted;
    private long rejected;
    private long reconnects;
    private long listenerFailures;
    private @Nullable Throwable lastError;
    private @Nullable Rejection lastRejection;

    StatusBoard(String stream, TimeSource time) {
        this.time = time;
        this.log = new PhaseLog(stream);
        this.opened = time.nanoTime();
        this.since = time.instant();
    }

    synchronized Status status(String progress, Listeners.Slow slow) {
        judge();
        followWallClock();
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
                slow.count(),
                slow.count() == 0 ? Optional.empty() : Optional.of(instantOf(slow.longestNanos())),
                Optional.ofNullable(lookBack),
                Optional.ofNullable(lastError),
                Optional.ofNullable(lastRejection),
                progress);
    }

    synchronized void decoding(Origin record) {
        decoding = record;
        decodingSince = time.nanoTime();
    }

    synchronized void decoded() {
        judge(); // a decode that was too long is on record, even if nobody looked meanwhile
        decoding = null;
        judge();
    }

    synchronized void accepted() {
        accepted++;
    }

    /** Counts a rejection; returns how many there are. */
    synchronized long rejected(Rejection rejection) {
        lastRejection = rejection;
        return ++rejected;
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

    synchronized void caughtUp(long recordsRead, Current<?> current) {
        log.ready(current);
        if (lastContact == null) {
            askedAt = time.nanoTime();
        }
        lookBack = new LookBackReport(Duration.ofNanos(time.nanoTime() - opened), recordsRead);
        if (phase == Phase.STARTING) {
            enter(Phase.LIVE, 0);
        }
        judge();
    }

    /** Takes an answer of the broker. One to an earlier question than the last never makes the contact older. */
    synchronized void contact(Duration age, boolean pending) {
        judge();
        long asked = time.nanoTime() - age.toNanos();
        if (lastContact == null || asked - askedAt > 0) {
            askedAt = asked;
            lastContact = time.instant().minus(age);
        }
        newerPending = pending;
        outage = null;
        judge();
    }

    synchronized void interrupted(Throwable cause) {
        if (!isOver()) {
            outage = cause;
            judge();
        }
    }

    synchronized void failed(Throwable cause) {
        if (!isOver()) {
            lastError = cause;
            enter(Phase.FAILED, 0);
        }
    }

    synchronized void closed() {
        if (phase != Phase.CLOSED) {
            enter(Phase.CLOSED, 0);
        }
    }

    /** Brings the phase up to the present. */
    synchronized void judge() {
        if (isOver()) {
            return;
        }
        long now = time.nanoTime();
        long decodes = decoding == null ? 0 : now - decodingSince;
        long silent = now - askedAt;
        if (decoding != null && decodes > MAX_SILENCE.toNanos()) {
            interrupt(SilenceException.ofDecoder(decoding, instantOf(decodes)), decodes);
        } else if (outage != null) {
            interrupt(outage, MAX_SILENCE.toNanos());
        } else if (lookBack != null && silent > MAX_SILENCE.toNanos()) {
            interrupt(SilenceException.ofBroker(instantOf(silent)), silent);
        } else if (phase == Phase.INTERRUPTED) {
            if (lookBack != null) {
                reconnects++;
            }
            enter(lookBack == null ? Phase.STARTING : Phase.LIVE, 0);
            log.back();
        }
    }

    /** Logs what is followed; the other lines come after this one. */
    void beginLog(String subscriber, String group) {
        log.begin(subscriber, group);
    }

    /** Logs what has changed; not to be called under a lock that readers need. */
    void writeLog() {
        log.write();
    }

    private void interrupt(Throwable cause, long lasting) {
        boolean entered = phase != Phase.INTERRUPTED;
        if (entered) {
            enter(Phase.INTERRUPTED, lasting - MAX_SILENCE.toNanos());
        }
        boolean same = cause instanceof SilenceException silence ? silence.isLike(lastError) : cause == lastError;
        if (entered || !same) {
            lastError = cause;
            log.interrupted(cause);
        }
    }

    /** If someone has set the wall clock, a contact of some seconds ago must not look as if it were an hour old, or to come. */
    private void followWallClock() {
        if (lastContact != null) {
            Instant contact = instantOf(time.nanoTime() - askedAt);
            if (Duration.between(lastContact, contact).abs().compareTo(WALL_CLOCK_TOLERANCE) > 0) {
                lastContact = contact;
            }
        }
    }

    private Instant instantOf(long nanosAgo) {
        return time.instant().minusNanos(nanosAgo);
    }

    private boolean isOver() {
        return phase == Phase.FAILED || phase == Phase.CLOSED;
    }

    private void enter(Phase next, long nanosAgo) {
        phase = next;
        since = instantOf(nanosAgo);
    }
}
