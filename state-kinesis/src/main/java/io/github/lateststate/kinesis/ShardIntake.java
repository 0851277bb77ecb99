package io.github.lateststate.kinesis;

import java.time.Instant;

/** Hands what was read of a shard to its reader, and tells the session what that changed. */
final class ShardIntake {

    private final ShardReader reader;
    private final Loop loop;
    private final Contact contact;
    private final ShardEvents events;

    ShardIntake(ShardReader reader, Loop loop, Contact contact, ShardEvents events) {
        this.reader = reader;
        this.loop = loop;
        this.contact = contact;
        this.events = events;
    }

    /** Takes what a read brought. */
    void page(Cursor cursor, Page page, long askedAt) {
        take(page, askedAt, now -> reader.page(cursor, page, now));
    }

    /** Takes an event of a subscription. */
    void event(Page page) {
        take(page, loop.nanoTime(), now -> reader.event(page, now));
    }

    private void take(Page page, long askedAt, java.util.function.Consumer<Instant> taking) {
        Instant now = loop.now();
        boolean wasLookingBack = reader.isLookingBack();
        boolean wasEnded = reader.isEnded();
        events.read(page.records().size());
        taking.accept(now);
        if (wasLookingBack && !reader.isLookingBack()) {
            events.lookedBack(reader);
        }
        if (!reader.isEnded()) {
            if (!page.leadsNowhere()) { // what cannot be read on is no contact
                contact.answered(reader.shard(), askedAt, reader.isBehind());
            }
        } else if (!wasEnded) {
            events.ended(reader, page.children());
        }
    }
}
