package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Where to begin in a window that turns out to hold a lot: only its last records are wanted, and to read the rest takes hours
 * where a log was busy until the day before yesterday. So a window is left half-way to its end again and again, until there is
 * little between the place where it begins and the last record. It only says where to begin: what is read from there on is
 * read through. Knows no shard; not safe for use by several threads.
 */
final class Bisection {

    /** What a shard serves in a second. */
    static final long LEFT_ABOVE_BYTES = 2 << 20;

    /** More than that many times what was read of a window, by its time, is not worth reading. */
    private static final int MOST_LEFT = 4;

    private static final Duration LEAST_SPAN = Duration.ofSeconds(1);

    private Instant end;
    private @Nullable Instant occupied;
    private Duration span = LEAST_SPAN;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long bytes;

    /**
     * Begins with a window.
     *
     * @param end where it ends
     */
    Bisection(Instant end) {
        this.end = end;
    }

    /** Takes what a read of the present window brought. */
    void read(List<Record> records) {
        for (Record record : records) {
            bytes += record.data().asByteArrayUnsafe().length;
        }
        if (!records.isEmpty()) {
            last = Positions.timeOf(records.get(records.size() - 1));
            first = first == null ? Positions.timeOf(records.get(0)) : first;
        }
    }

    /** Whether the window was begun later than it has to be, and nothing is in it up to where the one before it was begun. */
    boolean isInVain(Instant reached) {
        return occupied != null && first == null && !reached.isBefore(end);
    }

    /** Where to begin instead, as too much is in the window; null to read on. */
    @Nullable
    Instant later() {
        if (first == null || last == null || bytes <= LEFT_ABOVE_BYTES) {
            return null;
        }
        Duration read = Duration.between(first, last);
        span = read.compareTo(LEAST_SPAN) > 0 ? read : LEAST_SPAN;
        if (!isWorthIt(last)) {
            return null;
        }
        occupied = last;
        forget();
        return halfWay(occupied);
    }

    /**
     * Where to begin instead, as nothing is in the window; null if it had been begun where it has to be.
     *
     * @param start where it was begun
     */
    @Nullable
    Instant earlier(Instant start) {
        Instant from = occupied;
        if (from == null || first != null) {
            return null;
        }
        end = start;
        if (isWorthIt(from)) {
            return halfWay(from);
        }
        occupied = null;
        return from;
    }

    /** Goes on with another window. */
    void next(Instant newEnd) {
        end = newEnd;
        occupied = null;
        forget();
    }

    private boolean isWorthIt(Instant from) {
        return Duration.between(from, end).compareTo(span.multipliedBy(MOST_LEFT)) > 0;
    }

    private Instant halfWay(Instant from) {
        return from.plus(Duration.between(from, end).dividedBy(2));
    }

    private void forget() {
        first = null;
        last = null;
        bytes = 0;
    }
}
