package io.github.lateststate.kinesis;

import io.github.lateststate.engine.NewestFirst;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads one shard. It looks back in it, and follows it from the place of the first window's iterator, so there is no
 * gap between the two. It says which call is next and takes the result. It makes no call and knows no clock. Not safe
 * for use by several threads.
 *
 * <p>While it looks further back than the first window, it still reads at the tip now and then. Otherwise the iterator
 * there would expire; and if a new record is accepted, the search ends.
 */
final class ShardReader {

    /** How often a refused place is tried before another: the refusal may pass. */
    private static final int TRIES = 3;

    /** How often an earlier time is tried before the first record. Each try doubles the distance. */
    private static final int MOST_CORRECTIONS = 6;

    private final String shard;
    private final Predicate<Candidate> offer;
    private final @Nullable LookBack lookBack;
    private final Cursor tip;
    private final TipSigns tipSigns = new TipSigns();
    private final TipVisits tipVisits = new TipVisits();
    private final OfferedUpTo offered = new OfferedUpTo();
    private @Nullable Cursor search;
    private boolean behind = true;
    private boolean farBehind = true;
    private int corrections;
    private boolean closed;

    private ShardReader(String shard, Start start, @Nullable LookBack lookBack, Predicate<Candidate> offer) {
        this.shard = shard;
        this.tip = new Cursor(start);
        this.lookBack = lookBack;
        this.offer = offer;
    }

    /** Creates a reader that looks back first. */
    static ShardReader lookingBack(
            String shard, WindowPlan plan, Predicate<Candidate> offer, Function<Record, Optional<Candidate>> wanted) {
        LookBack lookBack = new LookBack(plan, wanted);
        return new ShardReader(shard, lookBack.start(), lookBack, offer);
    }

    /** Creates a reader for a shard that appeared while its parents were followed: everything in it is new. */
    static ShardReader following(String shard, Predicate<Candidate> offer) {
        return new ShardReader(shard, new Start.Horizon(), null, offer);
    }

    String shard() {
        return shard;
    }

    boolean isLookingBack() {
        return lookBack != null && !lookBack.isDone();
    }

    /** Whether the shard is closed and was read to its end. Its children can be read then. */
    boolean isEnded() {
        return tip.isEnded();
    }

    /** Whether there is more to read. */
    boolean isBehind() {
        return behind || isLookingBack();
    }

    /** Whether to hurry: there is more to read than one page that is likely to be empty. */
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

    /** Takes a requested iterator. */
    void iterator(Cursor cursor, String iterator, Instant now) {
        cursor.at(iterator);
        corrections = 0;
        tipSigns.opened(now);
    }

    /** Takes the result of a read, or an event of a subscription. */
    void page(Cursor cursor, Page page, Instant now) {
        cursor.read(page);
        if (page.isEndOfShard() || (closed && page.next() == null && page.isEmptyTip())) {
            cursor.end();
        }
        if (cursor == tip) {
            tipVisits.visited(now);
            behind = !TipSigns.reachesTip(cursor, page);
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
        tip.lost(); // an event's place to go on is for another subscription
    }

    /** Notes that the iterator has expired or does not work. */
    void iteratorLost(Cursor cursor) {
        cursor.lost();
    }

    /** Notes that the shard is listed as closed. Its last page need not name its children then. */
    void closed() {
        closed = true;
    }

    /** Notes that the shard is gone. */
    void gone() {
        tip.end();
        behind = false;
        if (lookBack != null) {
            lookBack.giveUp();
        }
    }

    /**
     * Notes that the server refuses the place where an iterator should begin. A time may be in the future because a
     * clock is wrong: begins earlier, and after some tries at the first record. A sequence number may have been
     * trimmed: after some tries, begins with what is left.
     *
     * @return whether it no longer begins at times
     */
    boolean correct(Cursor cursor, Instant now) {
        corrections++;
        Start refused = cursor.resume();
        if (refused instanceof Start.At at) {
            if (corrections > MOST_CORRECTIONS) {
                beginAtFirst(cursor);
                return true;
            }
            Duration back = Duration.between(at.time(), now).abs().plus(WindowPlan.FIRST);
            cursor.restart(new Start.At(now.minus(back.multipliedBy(2))));
        } else if (refused instanceof Start.After && corrections >= TRIES) {
            restart(cursor);
        }
        return false;
    }

    /**
     * Notes that a request for an iterator got no answer, though the server answers other calls.
     *
     * @return whether it no longer begins at times
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

    private void lookBack(LookBack looking, Cursor cursor, Page page, Instant now) {
        if (looking.isOpenEnded()) { // what lies above the end of a window was or will be read at the tip
            offered.note(page.records());
        }
        boolean atTip = TipSigns.reachesTip(cursor, page) || tipSigns.isPastOpening(page, now);
        if (looking.read(page.records(), atTip, page.reached(now))) {
            looking.offer(offer);
            search = looking.isDone() ? null : new Cursor(looking.start());
        } else if (search != null && looking.bisect()) { // the first window's iterator goes on to follow
            search = new Cursor(looking.start());
        }
    }

    /** Offers the records that are newer than all offered ones, newest first, until one is accepted. */
    private void offerNewest(List<Record> records) {
        NewestFirst.offer(offered.takeNew(records), record -> offer.test(Candidate.all(record)));
    }

    private void offerNewestOf(LookBack looking, List<Record> records) {
        boolean accepted = NewestFirst.offer(offered.takeNew(records), record -> {
            boolean accepts = offer.test(Candidate.all(record));
            looking.offeredNewer(record, accepts);
            return accepts;
        });
        if (accepted) {
            search = null;
        }
    }
}
