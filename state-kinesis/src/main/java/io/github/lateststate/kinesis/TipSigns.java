package io.github.lateststate.kinesis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/** What shows that a shard was read to its tip. Not safe for use by several threads. */
final class TipSigns {

    /** If a server never says how far behind a page is, this many empty pages in a row count as the tip. */
    private static final int EMPTY_PAGES_AT_TIP = 20;

    private @Nullable Instant opened;

    /** Notes that the shard is read. Only the first time counts. */
    void opened(Instant now) {
        if (opened == null) {
            opened = now;
        }
    }

    /** An answer that lacks a field proves nothing, because the server may still fill it. */
    static boolean reachesTip(Cursor cursor, Page page) {
        return cursor.isEnded()
                || (!page.lacksContinuation() && page.isEmptyTip())
                || cursor.pagesOfUnknownDistance() >= EMPTY_PAGES_AT_TIP;
    }

    /**
     * Whether everything that was there when the search began has been read. If writing never stops, no read reaches
     * the tip.
     */
    boolean isPastOpening(Page page, Instant now) {
        if (opened == null || page.records().isEmpty()) {
            return false;
        }
        Record last = page.records().get(page.records().size() - 1);
        Long behind = page.millisBehind();
        Instant reached = behind == null || behind == 0 ? Positions.timeOf(last) : page.reached(now);
        return reached.isAfter(opened);
    }
}
