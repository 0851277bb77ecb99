package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Where to begin in a window that turns out to hold a lot. Only its last records are wanted, and reading all of it may
 * take hours. So the search jumps half-way to the end of the window, until little lies between its begin and the last
 * record. It only says where to begin: everything from there on is read. It knows no shard. Not safe for use by several
 * threads.
 *
 * <p>Example, for a window from 00:00 to 12:00 of a log that was busy until 03:00:
 *
 * <pre>
 * begin at 00:00  more than 2 MiB by 00:05, and 12:00 is far: begin half-way
 * begin at 06:02  nothing up to 12:00: the last record is earlier, so the new end is 06:02
 * begin at 03:03  nothing up to 06:02: the new end is 03:03
 * begin at 01:34  more than 2 MiB by 01:39: the last record is between 01:39 and 03:03
 * and so on, until the rest is at most four times as long as what a read covered: read it through
 * </pre>
 */
final class Bisection {

    /** What a shard serves in a second. */
    static final long LEFT_ABOVE_BYTES = 2 << 20;

    /** If the rest of a window is longer than this many times what was read of it, in time, it is not worth reading. */
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

    /** Takes the result of a read of the current window. */
    void read(List<Record> records) {
        for (Record record : records) {
            bytes += record.data().asByteArrayUnsafe().length;
        }
        if (!records.isEmpty()) {
            last = Positions.timeOf(records.get(records.size() - 1));
            first = first == null ? Positions.timeOf(records.get(0)) : first;
        }
    }

    /** Whether the window began later than necessary and holds nothing up to its end. */
    boolean isInVain(Instant reached) {
        return occupied != null && first == null && !reached.isBefore(end);
    }

    /** Where to begin instead, because too much is in the window; null to read on. */
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
     * Where to begin instead, because nothing is in the window; null if it cannot begin earlier.
     *
     * @param start where it began
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

    /** Continues with another window. */
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
