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

    private final TimeSource time;
    private final PhaseLog log;
    private final StatusChanges changes = new StatusChanges();
    private final StatusFacts facts;
    private final BrokerContact contact;
    private final long opened;
    private boolean restored;
    private boolean hasFailed;

    private @Nullable Throwable outage;
    private @Nullable Origin decoding;
    private long decodingSince;

    StatusTracker(String stream, TimeSource time) {
        this.time = time;
        this.log = new PhaseLog(stream);
        this.contact = new BrokerContact(time);
        this.opened = time.nanoTime();
        this.facts = new StatusFacts(time.instant());
    }

    synchronized Status status(String progress, Listeners.Slow slow) {
        updatePhase();
        return completed(copy(), progress, slow);
    }

    /** Why the state is not ready; null if it is. */
    synchronized @Nullable Reason whyNotReady() {
        updatePhase();
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
        updatePhase();
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
        updatePhase(); // records a decode that took too long, even if nobody looked meanwhile
        decoding = null;
        updatePhase();
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
        if (!isOver()) {
            restored = true;
            facts.fromSnapshot = true;
            changed();
        }
    }

    synchronized void published() {
        facts.fromSnapshot = false;
    }

    synchronized void listenerFailed() {
        facts.listenerFailures++;
    }

    synchronized void caughtUp(long recordsRead, Current<?> current) {
        if (isOver()) {
            return;
        }
        log.ready(current);
        contact.restartIfNone();
        facts.lookBack = new LookBackReport(Duration.ofNanos(time.nanoTime() - opened), recordsRead);
        if (facts.phase == Phase.STARTING) {
            enter(Phase.LIVE, 0);
        }
        updatePhase();
        changed(); // it is ready, whatever the phase is
    }

    /** Records an answer of the broker. */
    synchronized void contact(Duration age, boolean pending) {
        updatePhase();
        if (isOver()) {
            return;
        }
        contact.answered(age);
        facts.newerPending = pending;
        outage = null;
        updatePhase();
    }

    synchronized void interrupted(Throwable cause) {
        if (!isOver()) {
            outage = cause;
            updatePhase();
        }
    }

    synchronized void failed(Throwable cause) {
        if (!isOver()) {
            facts.error(cause);
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
    synchronized void updatePhase() {
        if (isOver()) {
            return;
        }
        long now = time.nanoTime();
        long decodes = decoding == null ? 0 : now - decodingSince;
        long silent = contact.silentNanos();
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

    /** Logs what has changed. Do not call it under a lock that readers need. */
    void writeLog() {
        log.write();
    }

    /** Logs what has changed and calls the listeners. Do not call it under a lock that readers need. */
    void notifyListeners() {
        writeLog();
        changes.notifyListeners();
    }

    private void interrupt(Throwable cause, long lasting) {
        boolean entered = facts.phase != Phase.INTERRUPTED;
        boolean same =
                cause instanceof SilenceException silence ? silence.isLike(facts.lastError) : cause == facts.lastError;
        if (entered || !same) {
            facts.error(cause);
            log.interrupted(cause, facts.errorKind);
        }
        if (entered) {
            enter(Phase.INTERRUPTED, lasting - MAX_SILENCE.toNanos());
        } else if (!same) {
            changed();
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
        copy.lastContact = contact.last();
        copy.silence = Duration.ofNanos(contact.silentNanos());
        return copy;
    }
}
