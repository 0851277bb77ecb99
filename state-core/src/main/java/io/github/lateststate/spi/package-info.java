/**
 * For implementers of a broker module. Callers of the library need nothing from here.
 *
 * <p>A {@link io.github.lateststate.spi.LatestStateSubscriber} is found by {@link java.util.ServiceLoader}. It pushes what
 * it sees of a stream into a {@link io.github.lateststate.spi.StateSink} and keeps no state for the caller itself.
 * {@link io.github.lateststate.spi.StoppableSink} and {@link io.github.lateststate.spi.OutageBackoff} help to keep its rules,
 * each of them tested by {@code SubscriberContractTest} in the test jar of this module:
 *
 * <ol>
 *   <li><b>Order.</b> Within a partition each record is offered at most once, and never an older one after a newer one was
 *       accepted. Calls to one sink never overlap. A partition whose log was created again, which {@code replaced} reports, or cut back, begins
 *       anew: its records are other records, whatever their positions. Records that were superseded before they were offered need
 *       not be offered.
 *   <li><b>Look-back.</b> Offer the last record; if it is not accepted, look further back, in growing steps, until one is
 *       or the log begins. The same policy holds at start-up, after an outage, and for what one read brings while
 *       following: newest first, until one is accepted. A record that the subscriber itself cannot read is {@code rejected}
 *       where it would have been offered, and is not accepted; the rule of order holds for it too. One that is
 *       {@linkplain io.github.lateststate.spi.UndecidedException undecided} hides older ones: it is an outage, after which the
 *       look-back begins anew at what is then the last record, down to and including this one.
 *       A record that the sink does not {@linkplain io.github.lateststate.spi.StateSink#wants want} is passed over as it is read: it is
 *       neither kept nor offered.
 *   <li><b>Caught up.</b> {@code caughtUp} is called once, when every partition known at the start has been looked back
 *       through; never before. An empty stream is caught up too. It tells the cost: the records read so far.
 *   <li><b>No gap.</b> Nothing between look-back and follow is missed: following starts where the first look-back's end
 *       was.
 *   <li><b>Outage.</b> Contact lost is {@code interrupted} within 15 s, and retried for ever, with capped, jittered
 *       backoff; what came in between is found on return. The age that {@code contact} gives is that of the question.
 *       A stream that does not exist is such an outage, and so are wrong
 *       credentials and missing rights: they are retried, and named. {@code failed} is for what no retry can fix, and its
 *       cause says what to fix.
 *   <li><b>Close.</b> {@code Subscription.close} ends threads, sockets and registrations within 5 s, in every phase, and
 *       no call to the sink begins after it has returned.
 *   <li><b>Memory.</b> It does not grow with the log.
 * </ol>
 */
@NullMarked
package io.github.lateststate.spi;

import org.jspecify.annotations.NullMarked;
