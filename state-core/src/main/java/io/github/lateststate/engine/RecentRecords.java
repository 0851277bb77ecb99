package io.github.lateststate.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of a part of a log, as many as may be kept in memory. The last one is kept in any case. Not safe
 * for use by several threads.
 *
 * @param <R> the type of the records
 */
public final class RecentRecords<R> {

    private final int mostRecords;
    private final long mostBytes;
    private final ToLongFunction<? super R> size;
    private final Deque<R> records = new ArrayDeque<>();
    private long bytes;
    private boolean trimmed;

    /**
     * Starts empty.
     *
     * @param mostRecords how many records may be kept
     * @param mostBytes how many bytes they may have together
     * @param size the bytes of one record
     */
    public RecentRecords(int mostRecords, long mostBytes, ToLongFunction<? super R> size) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        this.size = size;
    }

    /**
     * Keeps a record. If there are too many then, the oldest are dropped.
     *
     * @param record the record after the last one
     */
    public void add(R record) {
        records.addLast(record);
        bytes += size.applyAsLong(record);
        while (records.size() > 1 && (records.size() > mostRecords || bytes > mostBytes)) {
            bytes -= size.applyAsLong(records.removeFirst());
            trimmed = true;
        }
    }

    /**
     * Offers the records, newest first, until one is accepted. Each one is removed before it is offered. So a record
     * does not stay in memory while it is decoded.
     *
     * @param offer offers one record, and returns whether it was accepted
     * @return whether one of them was accepted
     */
    public boolean offerNewestFirst(Predicate<? super R> offer) {
        boolean accepted = false;
        while (!accepted && !records.isEmpty()) {
            R newest = records.removeLast();
            bytes -= size.applyAsLong(newest);
            accepted = offer.test(newest);
        }
        return accepted;
    }

    /** Forgets all records, and that some were dropped. */
    public void clear() {
        records.clear();
        bytes = 0;
        trimmed = false;
    }

    /**
     * Whether records were dropped because there were too many.
     *
     * @return whether one was dropped since the last {@link #clear}
     */
    public boolean isTrimmed() {
        return trimmed;
    }

    /**
     * The oldest record that is kept.
     *
     * @return the record; null if none is kept
     */
    public @Nullable R oldest() {
        return records.peekFirst();
    }

    /**
     * The newest record that is kept.
     *
     * @return the record; null if none is kept
     */
    public @Nullable R newest() {
        return records.peekLast();
    }

    /**
     * The average size.
     *
     * @return how many bytes a record has; 0 if none is kept
     */
    public long averageBytes() {
        return records.isEmpty() ? 0 : bytes / records.size();
    }
}
