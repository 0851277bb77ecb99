package io.github.lateststate.kinesis;

import java.time.Instant;
import java.util.function.Consumer;

/** Hands what was read of a shard to its reader, and reports what that changed. */
final class ShardIntake {

    private final StreamContext context;
    private final ShardReader reader;
    private final ShardEvents events;

    ShardIntake(StreamContext context, ShardReader reader, ShardEvents events) {
        this.context = context;
        this.reader = reader;
        this.events = events;
    }

    /** Takes the result of a read. */
    void page(Cursor cursor, Page page, long askedAt) {
        take(page, askedAt, now -> reader.page(cursor, page, now));
    }

    /** Takes an event of a subscription. */
    void event(Page page) {
        take(page, context.loop().nanoTime(), now -> reader.event(page, now));
    }

    private void take(Page page, long askedAt, Consumer<Instant> taking) {
        boolean wasLookingBack = reader.isLookingBack();
        boolean wasEnded = reader.isEnded();
        events.read(page.records().size());
        taking.accept(context.loop().now());
        if (wasLookingBack && !reader.isLookingBack()) {
            events.lookedBack(reader);
        }
        if (!reader.isEnded()) {
            if (!page.lacksContinuation()) { // a page without a place to read on is not a contact
                context.contact().answered(reader.shard(), askedAt, reader.isBehind());
            }
        } else if (!wasEnded) {
            events.ended(reader, page.children());
        }
    }
}
