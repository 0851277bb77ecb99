package io.github.lateststate.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The search for the last record of one partition that is accepted: windows that end where the one before began and grow,
 * each read forwards and offered backwards. A log may hold markers, aborted data and gaps, so a window is over when the
 * reader's position has reached its end, not when a record was read. Knows no client and no clock; not safe for use by
 * several threads.
 *
 * <p>Memory is bounded: of a window only the last records are kept. Where all of those are turned down, the next window ends
 * at the oldest of them, and is smaller, as what was dropped has to be read again.
 */
final class LookBack {

    private static final long FIRST_STEP = 2;
    private static final long GROWTH = 16;
    private static final long GREATEST_STEP = Long.MAX_VALUE / GROWTH / 2;
    static final int KEPT_RECORDS = 256;
    static final int KEPT_BYTES = 1 << 20;

    private final long end;
    private final Deque<ConsumerRecord<byte[], byte[]>> kept = new ArrayDeque<>();
    private long begin;
    private long windowBegin;
    private long windowEnd;
    private long step = FIRST_STEP;
    private long keptBytes;
    private boolean dropped;
    private boolean done;

    /**
     * Prepares a search.
     *
     * @param begin the first offset to look at; greater than end counts as end
     * @param end the offset behind the last one to look at
     */
    LookBack(long begin, long end) {
        this.begin = Math.min(begin, end);
        this.end = end;
        open(end);
    }

    /** Where following goes on: nothing at or behind it was offered. */
    long end() {
        return end;
    }

    boolean done() {
        return done;
    }

    /** The offset from which the present window is read. */
    long windowBegin() {
        return windowBegin;
    }

    /** The position at which the present window has been read. */
    long windowEnd() {
        return windowEnd;
    }

    /** Takes a record that was read; one outside of the window is ignored. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (done || record.offset() < windowBegin || record.offset() >= windowEnd) {
            return;
        }
        kept.addLast(record);
        keptBytes += size(record);
        while (kept.size() > 1 && (kept.size() > KEPT_RECORDS || keptBytes > KEPT_BYTES)) {
            keptBytes -= size(kept.removeFirst());
            dropped = true;
        }
    }

    /**
     * Says how far the reader is. At the end of the window its records are offered, newest first, until one is accepted;
     * if none is, the next window is opened.
     *
     * @return whether the window was over, so that the search is done or the reader must seek
     */
    boolean reached(long position, Predicate<ConsumerRecord<byte[], byte[]>> offer) {
        if (done || position < windowEnd) {
            return false;
        }
        long nextEnd = dropped ? kept.getFirst().offset() : windowBegin;
        step = dropped ? Math.max(step / GROWTH, FIRST_STEP) : Math.min(step * GROWTH, GREATEST_STEP);
        boolean accepted = false;
        while (!accepted && !kept.isEmpty()) {
            accepted = offer.test(kept.removeLast());
        }
        open(nextEnd);
        done |= accepted;
        return true;
    }

    /** Begins the present window again, in a log that may now begin later than it did. */
    void again(long logBegin) {
        begin = Math.max(begin, Math.min(logBegin, end));
        if (!done) {
            open(windowEnd);
        }
    }

    private void open(long newEnd) {
        kept.clear();
        keptBytes = 0;
        dropped = false;
        windowEnd = newEnd;
        windowBegin = Math.max(begin, newEnd - step);
        done = newEnd <= begin;
    }

    private static int size(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
