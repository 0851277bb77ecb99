package io.github.lateststate.kinesis;

import io.github.lateststate.engine.NewestFirst;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads one shard: looks back in it, and follows it from where the first window's iterator is, so that there is no gap between
 * the two. Says which call is next and takes what came of it; makes no call, knows no clock. Not safe for use by several
 * threads.
 *
 * <p>While it looks further back than the first window, it goes on reading at the tip now and then: the iterator there would
 * expire, and a new record that is accepted ends the search.
 */
final class ShardReader {

    /** A server that never says how far behind a page is: so many empty ones in a row are taken for the tip. */
    private static final int EMPTY_PAGES_AT_TIP = 20;

    /** How often a place that was refused is tried before another: the refusal may pass. */
    private static final int TRIES = 3;

    /** How often an earlier time is tried before the first record. Each doubles the distance. */
    private static final int MOST_CORRECTIONS = 6;

    private final String shard;
    private final Predicate<Record> offer;
    private final @Nullable LookBack lookBack;
    private final Cursor tip;
    private final TipVisits tipVisits = new TipVisits();
    private final OfferedUpTo offered = new OfferedUpTo();
    private @Nullable Cursor search;
    private @Nullable Instant opened;
    private boolean behind = true;
    private boolean farBehind = true;
    private int corrections;
    private boolean closed;

    private ShardReader(String shard, Start start, @Nullable LookBack lookBack, Predicate<Record> offer) {
        this.shard = shard;
        this.tip = new Cursor(start);
        this.lookBack = lookBack;
        this.offer = offer;
    }

    /** One that looks back first. */
    static ShardReader lookingBack(String shard, Windows windows, Predicate<Record> offer, Predicate<Record> wanted) {
        LookBack lookBack = new LookBack(windows, wanted);
        return new ShardReader(shard, lookBack.start(), lookBack, offer);
    }

    /** One for a shard that came to be while its parents were followed: all that is in it is new. */
    static ShardReader following(String shard, Predicate<Record> offer) {
        return new ShardReader(shard, new Start.Horizon(), null, offer);
    }

    String shard() {
        return shard;
    }

    boolean isLookingBack() {
        return lookBack != null && !lookBack.isDone();
    }

    /** Whether the shard is closed and was read to its end; its children can be read then. */
    boolean isEnded() {
        return tip.isEnded();
    }

    /** Whether there is more to read than what has been. */
    boolean isBehind() {
        return behind || isLookingBack();
    }

    /** Whether to hurry: there is more to read, and not only one more page that is likely to be empty. */
    boolean isFarBehind() {
        return farBehind || isLookingBack();
    }

    /** Whether there is nothing left to do. */
    boolean isDone() {
        return isEnded() && !isLookingBack();
    }

    /** Where a subscription that takes over begins. */
    Start resume() {
        return tip.resume();
    }

    String progress() {
        return lookBack != null && isLookingBack() ? lookBack.progress() : "following";
    }

    /** The next call; empty if there is nothing left to read. */
    Optional<Step> next(Instant now) {
        if (isDone()) {
            return Optional.empty();
        }
        Cursor cursor = search == null || (!tip.isEnded() && tipVisits.isDue(now)) ? tip : search;
        String iterator = cursor.iterator();
        return Optional.of(
                iterator == null
                        ? new Step.GetIterator(cursor, cursor.resume())
                        : new Step.GetRecords(cursor, iterator));
    }

    /** Takes an iterator that was asked for. */
    void iterator(Cursor cursor, String iterator, Instant now) {
        cursor.at(iterator);
        corrections = 0;
        if (opened == null) {
            opened = now;
        }
    }

    /** Takes what a read brought, or an event of a subscription. */
    void page(Cursor cursor, Page page, Instant now) {
        cursor.read(page);
        if (page.isEndOfShard() || (closed && page.next() == null && page.isEmptyTip())) {
            cursor.end();
        }
        if (cursor == tip) {
            tipVisits.visited(now);
            behind = !reachesTip(cursor, page);
            Long millisBehind = page.millisBehind();
            farBehind = behind && (millisBehind == null || millisBehind > 0);
        } else {
            tipVisits.readElsewhere();
        }
        if (lookBack == null || lookBack.isDone()) {
            offerNewest(page.records());
        } else if (cursor == tip && search != null) {
            offerNewestOf(lookBack, page.records());
        } else {
            lookBack(lookBack, cursor, page, now);
        }
    }

    /** Takes an event of a subscription, which needs no iterator. */
    void event(Page page, Instant now) {
        page(tip, page, now);
        tip.lost(); // what an event says of where to go on is for another subscription
    }

    /** Says that the iterator has expired, or is of no use for another reason. */
    void iteratorLost(Cursor cursor) {
        cursor.lost();
    }

    /** Says that the shard is listed as closed. Its last page need not name its children then. */
    void closed() {
        closed = true;
    }

    /** Says that the shard is gone. */
    void gone() {
        tip.end();
        behind = false;
        if (lookBack != null) {
            lookBack.giveUp();
        }
    }

    /**
     * Says that the server does not take the place where an iterator should begin. A time is in the future by a clock that is
     * wrong: begins earlier, and after some tries at the first record. A sequence number may have been trimmed: begins, after
     * some tries, with what is left.
     *
     * @return whether it ceased to begin at times
     */
    boolean correct(Cursor cursor, Instant now) {
        corrections++;
        Start refused = cursor.resume();
        if (refused instanceof Start.At at) {
            if (corrections > MOST_CORRECTIONS) {
                beginAtFirst(cursor);
                return true;
            }
            Duration back = Duration.between(at.time(), now).abs().plus(Windows.FIRST);
            cursor.restart(new Start.At(now.minus(back.multipliedBy(2))));
        } else if (refused instanceof Start.After && corrections >= TRIES) {
            restart(cursor);
        }
        return false;
    }

    /**
     * Says that there was no answer when an iterator was asked for, though the server answers other calls.
     *
     * @return whether it ceased to begin at times
     */
    boolean unanswered(Cursor cursor) {
        corrections++;
        if (cursor.resume() instanceof Start.At && corrections >= TRIES) {
            beginAtFirst(cursor);
            return true;
        }
        return false;
    }

    private void beginAtFirst(Cursor cursor) {
        if (lookBack != null) {
            lookBack.fromFirst();
        }
        restart(cursor);
    }

    private void restart(Cursor cursor) {
        if (lookBack != null && (cursor == search || search == null)) {
            lookBack.again();
        }
        cursor.restart(new Start.Horizon());
        corrections = 0;
    }

    /** Nothing is proved by an answer that lacks a field, while the server may still fill it. */
    private static boolean reachesTip(Cursor cursor, Page page) {
        return cursor.isEnded()
                || (!page.leadsNowhere() && page.isEmptyTip())
                || cursor.pagesOfUnknownDistance() >= EMPTY_PAGES_AT_TIP;
    }

    private void lookBack(LookBack looking, Cursor cursor, Page page, Instant now) {
        if (looking.isOpenEnded()) { // what is above the end of a window was or will be read at the tip
            offered.note(page.records());
        }
        boolean atTip = reachesTip(cursor, page) || isPastOpening(page, now);
        if (looking.read(page.records(), atTip, page.reached(now))) {
            looking.offer(offer);
            search = looking.isDone() ? null : new Cursor(looking.start());
        } else if (search != null && looking.narrow()) { // the first window's iterator goes on to follow
            search = new Cursor(looking.start());
        }
    }

    /** Whether all that was there when the search began has been read. Where the writing never stops, no read is at the tip. */
    private boolean isPastOpening(Page page, Instant now) {
        if (opened == null || page.records().isEmpty()) {
            return false;
        }
        Record last = page.records().get(page.records().size() - 1);
        Long behind = page.millisBehind();
        Instant reached = behind == null || behind == 0 ? Positions.timeOf(last) : page.reached(now);
        return reached.isAfter(opened);
    }

    /** Offers what is newer than all that was offered, newest first, until one is accepted. */
    private void offerNewest(List<Record> records) {
        NewestFirst.offer(offered.takeNew(records), offer);
    }

    private void offerNewestOf(LookBack looking, List<Record> records) {
        boolean accepted = NewestFirst.offer(offered.takeNew(records), record -> {
            boolean accepts = offer.test(record);
            looking.offeredNewer(record, accepts);
            return accepts;
        });
        if (accepted) {
            search = null;
        }
    }
}
