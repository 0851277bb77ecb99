package io.github.lateststate.kafka;

import io.github.lateststate.engine.RecentRecords;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The search for the last accepted record of one partition. It works in windows, from the end of the log backwards.
 * Each window ends where the one before began. Each is read forwards and offered backwards, and they grow. A log may
 * hold markers, aborted data and gaps. So a window is over when the reader's position has reached its end, not when a
 * record was read. It knows no client and no clock. Not safe for use by several threads.
 *
 * <p>Memory is bounded. A window is sized for as many records as may be kept, by the size of those that were read last.
 * If there are more, the last ones are kept, and the next window ends at the oldest of them. A window is at most three
 * times as long as what was kept of the one before. So the reader reads at most about three times the distance to the
 * record that is accepted.
 */
final class LookBack {

    /** The last offset is often that of a commit marker. */
    static final long FIRST_STEP = 2;

    private static final long GROWTH = 3;
    private static final long GREATEST_STEP = Long.MAX_VALUE / GROWTH / 2;

    /** The memory that a record takes besides its bytes, and that a header takes. */
    private static final int OBJECTS = 256;

    private final long end;
    private final long mayKeep;
    private final RecentRecords<ConsumerRecord<byte[], byte[]>> kept;
    private long begin;
    private long windowBegin;
    private long windowEnd;
    private long step;
    private boolean done;

    /**
     * Prepares a search.
     *
     * @param begin the first offset to look at; greater than end counts as end
     * @param end the offset after the last one to look at
     * @param mayKeep how many bytes may be kept at a time; one record is kept in any case
     * @param firstStep how many offsets the first window has
     */
    LookBack(long begin, long end, long mayKeep, long firstStep) {
        this.step = firstStep;
        this.begin = Math.min(begin, end);
        this.end = end;
        this.mayKeep = mayKeep;
        this.kept = new RecentRecords<>(Integer.MAX_VALUE, mayKeep, LookBack::size);
        open(end);
    }

    /** The first offset to look at. */
    long begin() {
        return begin;
    }

    /** Where following begins: nothing at or after it was offered. */
    long end() {
        return end;
    }

    boolean done() {
        return done;
    }

    /** The offset from which the current window is read. */
    long windowBegin() {
        return windowBegin;
    }

    /** The position at which the current window is complete. */
    long windowEnd() {
        return windowEnd;
    }

    /** Whether the present window reaches to the end. */
    boolean isInNewestWindow() {
        return windowEnd == end;
    }

    /** Takes a record that was read. Ignores one outside of the window. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (done || record.offset() < windowBegin || record.offset() >= windowEnd) {
            return;
        }
        kept.add(record);
    }

    /** Takes a batch that cannot be read instead of its records. It may begin before the window. */
    void unreadable(UnreadableBatch batch) {
        kept.add(batch);
    }

    /**
     * Reports the reader's position. At the end of the window its records are offered, newest first, until one is
     * accepted. If none is, the next window begins.
     *
     * @return whether the window was over, so that the search is done or the reader must seek
     */
    boolean reached(long position, Predicate<ConsumerRecord<byte[], byte[]>> offer) {
        if (done || position < windowEnd) {
            return false;
        }
        long nextEnd = kept.isTrimmed() ? firstKept() : Math.min(windowBegin, firstKept());
        step = nextStep(windowEnd - nextEnd);
        boolean accepted = kept.offerNewestFirst(offer);
        open(nextEnd);
        done |= accepted;
        return true;
    }

    /** Begins the current window again, in a log that may now begin later. */
    void again(long logBegin) {
        begin = Math.max(begin, Math.min(logBegin, end));
        if (!done) {
            open(windowEnd);
        }
    }

    private void open(long newEnd) {
        kept.clear();
        windowEnd = newEnd;
        windowBegin = Math.max(begin, newEnd - step);
        done = newEnd <= begin;
    }

    private long firstKept() {
        ConsumerRecord<byte[], byte[]> first = kept.oldest();
        return first == null ? windowBegin : first.offset();
    }

    /** At most three times what was just searched, and at most as many records of that size as may be kept. */
    private long nextStep(long searched) {
        long fits = kept.newest() == null ? GREATEST_STEP : Math.max(1, mayKeep / Math.max(1, kept.averageBytes()));
        return Math.min(Math.min(searched, GREATEST_STEP) * GROWTH, fits);
    }

    static long size(ConsumerRecord<byte[], byte[]> record) {
        long size =
                (long) OBJECTS + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            size += OBJECTS + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
