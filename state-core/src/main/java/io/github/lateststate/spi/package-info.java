/**
 * For implementers of a broker module. Callers of the library need nothing from here.
 *
 * <p>{@link java.util.ServiceLoader} finds a {@link io.github.lateststate.spi.LatestStateSubscriber}. The subscriber
 * pushes what it reads from a stream into a {@link io.github.lateststate.spi.StateSink} and keeps no state for the
 * caller itself. {@link io.github.lateststate.spi.StoppableSink} and {@link io.github.lateststate.spi.OutageBackoff}
 * help to keep the rules. {@code SubscriberContractTest} in the test jar of this module tests each of them:
 *
 * <ol>
 *   <li><b>Order.</b> Within a partition each record is offered at most once, and never an older one after a newer one
 *       was accepted. Calls to one sink never overlap. If the log of a partition was created again, which
 *       {@code replaced} reports, or truncated, the partition begins again: its records are other records, whatever
 *       their positions. Records that were superseded before they were offered need not be offered.
 *   <li><b>Look-back.</b> Offer the last record. If it is not accepted, look further back until one is accepted or
 *       the log begins, over a network in growing steps. The same policy holds at start-up, after an outage, and for
 *       what one read returns while following: newest first, until one is accepted. If the subscriber itself cannot
 *       read a record, it calls {@code rejected} instead of offering it. Such a record is not accepted, and the rule of
 *       order holds for it too. A record that is {@linkplain io.github.lateststate.spi.UndecidedException undecided} hides older ones:
 *       it is an outage. After it the look-back begins again at what is then the last record, down to and including
 *       this one. A record that the sink does not {@linkplain io.github.lateststate.spi.StateSink#wants want} is passed
 *       over as it is read: it is neither kept nor offered.
 *   <li><b>Caught up.</b> {@code caughtUp} is called once, when the look-back has ended in every partition that was
 *       known at the start; never before. An empty stream is caught up too. The call reports the cost: the records read
 *       so far.
 *   <li><b>No gap.</b> Nothing between look-back and follow is missed: following starts where the first look-back's end
 *       was.
 *   <li><b>Outage.</b> Lost contact is reported as {@code interrupted} within 15 s, and retried for ever, with capped,
 *       jittered backoff. Records that arrived meanwhile are found when contact returns. The age that {@code contact}
 *       reports is that of the question. A stream that does not exist is such an outage, and so are wrong credentials
 *       and missing rights: they are retried, and the cause names them. A subscriber whose settings hold
 *       credentials asks for {@linkplain io.github.lateststate.spi.SubscriptionSettings#renewed() newer ones} before
 *       each such retry. {@code failed} is for what no retry can fix,
 *       and its cause says what to fix.
 *   <li><b>Close.</b> {@code Subscription.close} ends threads, sockets and registrations within 5 s, in every phase,
 *       and no call to the sink begins after it has returned.
 *   <li><b>Memory.</b> It does not grow with the log.
 * </ol>
 */
@NullMarked
package io.github.lateststate.spi;

import org.jspecify.annotations.NullMarked;
