package io.github.lateststate.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/** One way through a shard: where it began, and how far it is. It outlives iterators, which expire after 5 minutes. */
final class Cursor {

    private Start start;
    private @Nullable String iterator;
    private @Nullable String last;
    private boolean ended;
    private int pagesOfUnknownDistance;

    Cursor(Start start) {
        this.start = start;
    }

    /**
     * Where a new iterator begins: after the last record that was read. If none was, where the first iterator began.
     * Either way, newer records are found.
     */
    Start resume() {
        return last == null ? start : new Start.After(last);
    }

    /** The iterator for the next read; null if a new one is needed. */
    @Nullable
    String iterator() {
        return iterator;
    }

    boolean isEnded() {
        return ended;
    }

    void at(String newIterator) {
        iterator = newIterator;
    }

    /** Takes the result of a read. If it does not say where to read on, a new iterator is needed. */
    void read(Page page) {
        List<Record> records = page.records();
        if (!records.isEmpty()) {
            last = records.get(records.size() - 1).sequenceNumber();
        }
        boolean unknown = records.isEmpty() && page.millisBehind() == null && !page.lacksContinuation();
        pagesOfUnknownDistance = unknown ? pagesOfUnknownDistance + 1 : 0;
        iterator = page.next();
    }

    /** How many of the last pages in a row were empty and did not say how far behind they are. */
    int pagesOfUnknownDistance() {
        return pagesOfUnknownDistance;
    }

    /** Notes that the iterator does not work. */
    void lost() {
        iterator = null;
    }

    /** Begins elsewhere, because the server refuses {@link #resume}. */
    void restart(Start elsewhere) {
        start = elsewhere;
        last = null;
        iterator = null;
    }

    /** Notes that nothing is left to read. */
    void end() {
        iterator = null;
        ended = true;
    }
}
