package io.github.lateststate.kinesis;

import io.github.lateststate.engine.RecentRecords;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * The search for the last accepted record of one shard. It works in windows of time that begin earlier and earlier.
 * Each is read forwards and offered backwards. A window ends where the one before began: at the first record that was
 * seen there, or at the tip if none was seen. It knows no client and no clock. Not safe for use by several threads.
 *
 * <p>Memory is bounded: only the last records of a window are kept. If all of those are rejected, the next window ends
 * at the oldest of them and begins not much earlier. A window that holds a lot begins later than planned.
 * {@link WindowPlan} and {@link Bisection} give examples.
 */
final class LookBack {

    static final int KEPT_RECORDS = 256;
    static final int KEPT_BYTES = 1 << 20;

    private static final Duration LEAST_STEP = Duration.ofSeconds(1);
    private static final int STEP_GROWTH = 4;

    /** Longer than Kinesis keeps records. */
    private static final Duration LONGEST_STEP = Duration.ofDays(366);

    private final WindowPlan plan;
    private final Function<Record, Optional<Candidate>> wanted;
    private final Bisection bisection;
    private final RecentRecords<Candidate> kept = new RecentRecords<>(KEPT_RECORDS, KEPT_BYTES, Candidate::bytes);
    private Start start;
    private Duration step = LEAST_STEP;
    private @Nullable BigInteger upper;
    private @Nullable BigInteger firstOfWindow;
    private int idleReads;
    private boolean done;

    /**
     * Begins with the first window of a plan.
     *
     * @param wanted what to keep of a record until it is offered
     */
    LookBack(WindowPlan plan, Function<Record, Optional<Candidate>> wanted) {
        this.wanted = wanted;
        this.plan = plan;
        this.bisection = new Bisection(plan.end());
        this.start = plan.start();
    }

    /** From where the current window is read. */
    Start start() {
        return start;
    }

    boolean isDone() {
        return done;
    }

    /** Whether the current window ends at the tip, because nothing was seen after it. */
    boolean isOpenEnded() {
        return upper == null;
    }

    String progress() {
        return "window of " + plan.describe();
    }

    /**
     * Takes the result of one read of the current window.
     *
     * @param records in the order of the shard
     * @param tip whether nothing is left after them
     * @param reached how far the read came
     * @return whether the window is complete: call {@link #offer} next
     */
    boolean read(List<Record> records, boolean tip, Instant reached) {
        bisection.read(records);
        if (records.isEmpty()) {
            idleReads++;
        }
        for (Record record : records) {
            BigInteger position = Positions.of(record);
            if (upper != null && position.compareTo(upper) >= 0) {
                return true;
            }
            if (firstOfWindow == null) {
                firstOfWindow = position;
            }
            wanted.apply(record).ifPresent(kept::add);
        }
        return tip || bisection.isInVain(reached);
    }

    /**
     * Jumps half-way to the end of the current window, if it holds so much that reading all of it would take long.
     *
     * @return whether it does, to {@link #start}
     */
    boolean bisect() {
        Instant later = plan.areAllFromFirst() ? null : bisection.later();
        if (later == null) {
            return false;
        }
        start = new Start.At(later);
        forget();
        return true;
    }

    /** Offers the records of the window, newest first, until one is accepted. If none is, opens the next window. */
    void offer(Predicate<Candidate> offer) {
        Candidate oldest = kept.oldest();
        Candidate newest = kept.newest();
        done = kept.offerNewestFirst(offer);
        if (!done && !beginEarlier()) {
            openNext(oldest, newest);
        }
        forget();
    }

    /** Notes that a newer record was offered. The search ends below it. */
    void offeredNewer(Record record, boolean accepted) {
        BigInteger position = Positions.of(record);
        if (upper == null || position.compareTo(upper) < 0) {
            upper = position;
        }
        done |= accepted;
    }

    /** Reads from the first record from now on, whatever the window. */
    void fromFirst() {
        plan.fromFirst();
        start = plan.start();
        bisection.next(plan.end());
        forget();
    }

    /** Notes that the current window is read again from its beginning. */
    void again() {
        forget();
    }

    /** Ends the search: its result no longer counts. */
    void giveUp() {
        done = true;
    }

    private boolean beginEarlier() {
        Instant earlier = start instanceof Start.At at ? bisection.earlier(at.time()) : null;
        if (earlier != null) {
            start = new Start.At(earlier);
        }
        return earlier != null;
    }

    private void forget() {
        kept.clear();
        firstOfWindow = null;
        idleReads = 0;
    }

    private void openNext(@Nullable Candidate oldest, @Nullable Candidate newest) {
        if (kept.isTrimmed() && oldest != null && newest != null) {
            upper = oldest.position();
            bisection.next(oldest.time());
            Duration span = Duration.between(oldest.time(), newest.time());
            step = max(span.multipliedBy(STEP_GROWTH), LEAST_STEP);
            start = laterOf(plan.start(), oldest.time().minus(step));
            return;
        }
        if (firstOfWindow != null) {
            upper = firstOfWindow;
        }
        if (start instanceof Start.At at) {
            bisection.next(at.time());
        }
        if (start instanceof Start.At at && !start.equals(plan.start())) { // between two windows of the plan
            step = min(step.multipliedBy(STEP_GROWTH), LONGEST_STEP);
            start = laterOf(plan.start(), at.time().minus(step));
        } else if (plan.isLast()) {
            done = true;
        } else {
            plan.widen(idleReads);
            start = plan.start();
        }
    }

    private Start laterOf(Start planned, Instant time) {
        return planned instanceof Start.At at && !time.isAfter(at.time()) ? planned : plan.startAt(time);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
