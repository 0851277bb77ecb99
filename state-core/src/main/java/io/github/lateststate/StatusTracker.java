package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The phases and the rest of a status, except the progress. It knows no broker, no value and no listener. Thread-safe.
 *
 * <p>Each look computes the phase from facts and the monotonic clock: what the subscriber last reported, how long ago
 * the broker was asked, and how long a decoder has been running. So a missed event cannot leave a state LIVE.
 */
final class StatusTracker {

    /** A state is live only if the broker was asked less than this ago, and no decoder has been running for longer. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(15);

    /** Clocks that are adjusted gradually drift by less. */
    private static final Duration WALL_CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final TimeSource time;
    private final PhaseLog log;
    private final StatusChanges changes = new StatusChanges();
    private final StatusFacts facts;
    private final long opened;
    private boolean restored;
    private boolean hasFailed;

    /** When the broker was asked. Before the first contact, when the state was opened. */
    private long askedAt;

    private @Nullable Throwable outage;
    private @Nullable Origin decoding;
    private long decodingSince;

    StatusTracker(String stream, TimeSource time) {
        this.time = time;
        this.log = new PhaseLog(stream);
        this.opened = time.nanoTime();
        this.askedAt = opened;
        this.facts = new StatusFacts(time.instant());
    }

    synchronized Status status(String progress, Listeners.Slow slow) {
        judge();
        followWallClock();
        return completed(copy(), progress, slow);
    }

    /** Why the state is not ready; null if it is. */
    synchronized @Nullable Reason whyNotReady() {
        judge();
        return facts.whyNotReady();
    }

    /** Adds what this class does not know. */
    Status completed(StatusFacts incomplete, String progress, Listeners.Slow slow) {
        StatusFacts complete = incomplete.copy();
        complete.slow = slow;
        complete.slowestListenerSince = slow.count() == 0 ? null : instantOf(slow.longestNanos());
        complete.progress = progress;
        return new Status(complete);
    }

    /** Hands the present status to a listener, and each change from now on. */
    synchronized void listen(StatusDelivery listener) {
        judge();
        changes.add(listener, copy());
    }

    /** Forgets a listener. */
    void forget(Registration listener) {
        changes.remove(listener);
    }

    synchronized void decoding(Origin record) {
        decoding = record;
        decodingSince = time.nanoTime();
    }

    synchronized void decoded() {
        judge(); // records a decode that took too long, even if nobody looked meanwhile
        decoding = null;
        judge();
    }

    synchronized void accepted() {
        facts.accepted++;
    }

    synchronized void passedOver() {
        facts.passedOver++;
    }

    /** Counts a rejection. Returns how many there are. */
    synchronized long rejected(Rejection rejection) {
        facts.lastRejection = rejection;
        facts.rejected++;
        changed();
        return facts.rejected;
    }

    synchronized void restored() {
        restored = true;
        facts.fromSnapshot = true;
        changed();
    }

    synchronized void published() {
        facts.fromSnapshot = false;
    }

    synchronized void listenerFailed() {
        facts.listenerFailures++;
    }

    synchronized void caughtUp(long recordsRead, Current<?> current) {
        log.ready(current);
        if (facts.lastContact == null) {
            askedAt = time.nanoTime();
        }
        facts.lookBack = new LookBackReport(Duration.ofNanos(time.nanoTime() - opened), recordsRead);
        if (facts.phase == Phase.STARTING) {
            enter(Phase.LIVE, 0);
        }
        judge();
        changed(); // it is ready, whatever the phase is
    }

    /** Records an answer of the broker. An answer to an earlier question never makes the contact older. */
    synchronized void contact(Duration age, boolean pending) {
        judge();
        long asked = time.nanoTime() - age.toNanos();
        if (facts.lastContact == null || asked - askedAt > 0) {
            askedAt = asked;
            facts.lastContact = time.instant().minus(age);
        }
        facts.newerPending = pending;
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
            facts.lastError = cause;
            hasFailed = true;
            enter(Phase.FAILED, 0);
        }
    }

    synchronized void closed() {
        if (facts.phase != Phase.CLOSED) {
            enter(Phase.CLOSED, 0);
        }
    }

    /** Brings the phase up to date. */
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
        } else if (facts.lookBack != null && silent > MAX_SILENCE.toNanos()) {
            interrupt(SilenceException.ofBroker(instantOf(silent)), silent);
        } else if (facts.phase == Phase.INTERRUPTED) {
            if (facts.lookBack != null) {
                facts.reconnects++;
            }
            enter(facts.lookBack == null ? Phase.STARTING : Phase.LIVE, 0);
            log.back();
        }
    }

    /** Logs what is followed. All other lines come after this one. */
    void beginLog(String subscriber, String group) {
        log.begin(subscriber, group);
    }

    /** Logs what has changed and calls the listeners. Do not call it under a lock that readers need. */
    void notifyListeners() {
        log.write();
        changes.notifyListeners();
    }

    private void interrupt(Throwable cause, long lasting) {
        boolean entered = facts.phase != Phase.INTERRUPTED;
        boolean same =
                cause instanceof SilenceException silence ? silence.isLike(facts.lastError) : cause == facts.lastError;
        if (entered || !same) {
            facts.lastError = cause;
            log.interrupted(cause);
        }
        if (entered) {
            enter(Phase.INTERRUPTED, lasting - MAX_SILENCE.toNanos());
        } else if (!same) {
            changed();
        }
    }

    /** If someone sets the wall clock, a contact of some seconds ago must not appear an hour old, or in the future. */
    private void followWallClock() {
        if (facts.lastContact != null) {
            Instant contact = instantOf(time.nanoTime() - askedAt);
            if (Duration.between(facts.lastContact, contact).abs().compareTo(WALL_CLOCK_TOLERANCE) > 0) {
                facts.lastContact = contact;
            }
        }
    }

    private Instant instantOf(long nanosAgo) {
        return time.instant().minusNanos(nanosAgo);
    }

    private boolean isOver() {
        return facts.phase == Phase.FAILED || facts.phase == Phase.CLOSED;
    }

    private void enter(Phase next, long nanosAgo) {
        facts.phase = next;
        facts.since = instantOf(nanosAgo);
        changed();
    }

    private void changed() {
        facts.ready = (facts.lookBack != null || restored) && !hasFailed;
        changes.note(facts, this::copy);
    }

    private StatusFacts copy() {
        StatusFacts copy = facts.copy();
        copy.silence = Duration.ofNanos(time.nanoTime() - askedAt);
        return copy;
    }
}
