package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.spi.UndecidedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract that every subscriber keeps, tested against its real broker: one nested class for each numbered rule in the
 * documentation of {@link io.github.lateststate.spi}. Extend it, say how to reach the broker, and what else your broker can
 * do; that is all.
 *
 * <p>Besides what a single test asserts, every test ends with: the sinks saw no breach of a rule, and no thread is left.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class SubscriberContractTest {

    private static final Duration CLOSE_PROMISE = Duration.ofSeconds(5);
    private static final Duration OUTAGE_PROMISE = Duration.ofSeconds(15);

    private final Set<Thread> threadsBefore = new HashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<RecordingSink> sinks = new ArrayList<>();
    private boolean outage;

    /** For subclasses. */
    protected SubscriberContractTest() {}

    /**
     * The subscriber under test.
     *
     * @return a new one or always the same
     */
    protected abstract LatestStateSubscriber subscriber();

    /**
     * Makes an empty stream of one partition.
     *
     * @return another stream at every call, and how to reach it
     */
    protected abstract SubscriptionSettings emptyStream();

    /**
     * Appends a record to a stream. Returns when the broker has acknowledged it.
     *
     * @param stream what {@link #emptyStream} or {@link #missingStream} returned
     * @param payload the payload, or null for a tombstone
     */
    protected abstract void publish(SubscriptionSettings stream, byte @Nullable [] payload);

    /** Takes the broker away. Returns when it can no longer be reached. */
    protected abstract void beginOutage();

    /** Brings the broker back, with what it held. Returns when it can be published to. */
    protected abstract void endOutage();

    /**
     * Whether a thread is the subscriber's, or its client's.
     *
     * @param thread a thread of this JVM that was started during the test
     * @return whether it must have ended after {@code close}
     */
    protected abstract boolean isOurThread(Thread thread);

    /**
     * Names a stream that does not exist yet.
     *
     * @return another one at every call; empty, as by default, if the broker knows no such thing
     */
    protected Optional<SubscriptionSettings> missingStream() {
        return Optional.empty();
    }

    /**
     * Makes the stream that was missing, empty and of one partition. To be overridden with {@link #missingStream}.
     *
     * @param missing what {@link #missingStream} returned
     */
    protected void createStream(SubscriptionSettings missing) {
        throw new UnsupportedOperationException("override createStream together with missingStream");
    }

    /**
     * Whether the broker has records without a payload.
     *
     * @return {@code true} by default
     */
    protected boolean supportsTombstones() {
        return true;
    }

    /**
     * Appends a record that the subscriber itself cannot read, whatever the decoder. Returns when the broker has
     * acknowledged it.
     *
     * @param stream what {@link #emptyStream} returned
     * @return whether there is such a record; by default there is none, and nothing was appended
     */
    protected boolean publishUnreadable(SubscriptionSettings stream) {
        return false;
    }

    /**
     * How long to wait for what has no deadline by contract.
     *
     * @return 30 s by default
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    @BeforeEach
    final void rememberThreads() {
        threadsBefore.addAll(Thread.getAllStackTraces().keySet());
    }

    @AfterEach
    final void everyRuleWasKeptAndNothingIsLeft() {
        if (outage) {
            brokerReturns();
        }
        subscriptions.forEach(this::close);
        awaitNoThreadsLeft();
        assertThat(sinks).flatExtracting(RecordingSink::breaches).isEmpty();
    }

    /** Rule 1: nothing twice, nothing backwards, no two calls at once. The sink watches for that in all other tests too. */
    @Nested
    class Rule1Order {

        @Test
        void recordsPublishedWhileFollowingAreOfferedInOrderAndTheLastOneIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = follow(stream, payload -> true);
            publish(stream, 1, 200);
            awaitThat(() -> sink.accepted().contains("200"));
            assertThat(numbers(sink.accepted())).isSorted().endsWith(200);
        }

        @Test
        void recordsPublishedWhileSubscribingAreOfferedInOrderAndTheLastOneIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(stream, 1, 100));
            RecordingSink sink = follow(stream, payload -> true);
            publisher.join();
            awaitThat(() -> sink.accepted().contains("100"));
            assertThat(numbers(sink.accepted())).isSorted().endsWith(100);
        }

        @Test
        void twoSubscriptionsToOneStreamSeeTheSame() {
            SubscriptionSettings stream = emptyStream();
            RecordingSink one = follow(stream, payload -> true);
            RecordingSink two = follow(stream, payload -> true);
            publish(stream, 1, 1);
            awaitThat(() -> one.accepted().contains("1") && two.accepted().contains("1"));
        }
    }

    /** Rule 2: newest first, until one is accepted. */
    @Nested
    class Rule2LookBack {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 50})
        void onlyTheLastRecordIsOfferedIfItIsAccepted(int length) {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, length);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            assertThat(sink.offered()).containsExactly(Integer.toString(length));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 40})
        void ifTheLastOnesAreRejectedTheOneBeforeThemIsAccepted(int rejected) {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 50);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> Integer.parseInt(payload) <= 50 - rejected);
            assertThat(numbers(sink.offered())).isEqualTo(descending(50, 50 - rejected));
        }

        @Test
        void ifAllAreRejectedEachIsOfferedOnceNewestFirst() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 50);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> false);
            assertThat(numbers(sink.offered())).isEqualTo(descending(50, 1));
        }

        @Test
        void aRecordThatCannotBeDecodedNowHidesOlderOnesUntilItCanBe() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 2);
            RecordingSink sink = followUndecided(stream, "2"::equals);
            awaitUndecided(sink);
            assertThat(sink.isCaughtUp()).as("ready on an older record").isFalse();
            assertThat(sink.offered()).isEmpty();
            sink.leaveUndecided(payload -> false);
            awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
            assertThat(sink.accepted()).containsExactly("2");
        }

        @Test
        void aNewerRecordTakesThePlaceOfOneThatCannotBeDecodedNow() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 2);
            RecordingSink sink = followUndecided(stream, "2"::equals);
            awaitUndecided(sink);
            publish(stream, 3, 3);
            awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
            assertThat(sink.offered()).containsExactly("3");
        }

        @Test
        void aRecordThatCannotBeDecodedNowWhileFollowingIsOfferedAgain() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            sink.leaveUndecided("2"::equals);
            publish(stream, 2, 2);
            awaitUndecided(sink);
            assertThat(sink.accepted()).containsExactly("1");
            sink.leaveUndecided(payload -> false);
            awaitThat(() -> sink.accepted().equals(List.of("1", "2")) && sink.isInContact());
            publish(stream, 3, 3);
            awaitThat(() -> sink.accepted().equals(List.of("1", "2", "3")));
        }

        @Test
        void aRejectedRecordIsNotOfferedAgainTogetherWithTheUndecidedOneBeforeIt() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 3);
            RecordingSink sink = new RecordingSink(payload -> !payload.equals("3"));
            sink.leaveUndecided("2"::equals);
            follow(stream, sink);
            awaitUndecided(sink);
            sink.leaveUndecided(payload -> false);
            awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
            assertThat(sink.offered()).containsExactly("3", "2");
        }

        private RecordingSink followUndecided(SubscriptionSettings stream, Predicate<String> undecidable) {
            RecordingSink sink = new RecordingSink(payload -> true);
            sink.leaveUndecided(undecidable);
            return follow(stream, sink);
        }

        /** More than once, as it is offered again after each pause. */
        private void awaitUndecided(RecordingSink sink) {
            awaitThat(() -> sink.interruptions().stream()
                            .filter(UndecidedException.class::isInstance)
                            .count()
                    >= 2);
        }

        @Test
        void afterALookBackInVainANewGoodRecordIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 3);
            RecordingSink sink = followUntilCaughtUp(stream, "4"::equals);
            publish(stream, 4, 4);
            awaitThat(() -> sink.accepted().contains("4"));
        }

        @Test
        void badRecordsWhileFollowingAreOfferedAndTheGoodOneBeforeThemStays() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> payload.equals("1") || payload.equals("5"));
            publish(stream, 2, 4);
            awaitThat(() -> sink.offered().containsAll(List.of("2", "3", "4")));
            assertThat(sink.accepted()).containsExactly("1");
            publish(stream, 5, 5);
            awaitThat(() -> sink.accepted().equals(List.of("1", "5")));
        }

        @Test
        void aGoodRecordThatArrivesBeforeABadOneIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = followUntilCaughtUp(stream, "1"::equals);
            publish(stream, 1, 2);
            awaitThat(() -> sink.offered().contains("2"));
            awaitThat(() -> sink.accepted().contains("1"));
        }

        @Test
        void unreadableRecordsAtTheEndAreRejectedAndTheOneBeforeThemIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 2);
            anUnreadableRecord(stream);
            anUnreadableRecord(stream);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            assertThat(sink.rejections()).hasSize(2);
            assertThat(sink.offered()).containsExactly("2");
        }

        @Test
        void anUnreadableRecordWhileFollowingIsRejectedAndTheGoodOneBeforeItStays() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            publish(stream, 2, 2);
            anUnreadableRecord(stream);
            awaitThat(() -> sink.rejections().size() == 1);
            awaitThat(() -> sink.accepted().equals(List.of("1", "2")));
            publish(stream, 3, 3);
            awaitThat(() -> sink.accepted().equals(List.of("1", "2", "3")));
            assertThat(sink.rejections()).hasSize(1);
        }

        @Test
        void aTombstoneAtTheEndIsOfferedAndEndsTheLookBack() {
            assumeTrue(supportsTombstones(), "this broker has no records without a payload");
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            publish(stream, null);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            assertThat(sink.offered()).containsExactly(RecordingSink.TOMBSTONE);
        }

        @Test
        void aTombstoneWhileFollowingIsOffered() {
            assumeTrue(supportsTombstones(), "this broker has no records without a payload");
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            publish(stream, null);
            awaitThat(() -> sink.accepted().contains(RecordingSink.TOMBSTONE));
        }
    }

    /** Rule 3: caught up once, and not before. That it is said only once the sink watches for in all other tests. */
    @Nested
    class Rule3CaughtUp {

        @Test
        void anEmptyStreamIsCaughtUpWithoutAnOffer() {
            RecordingSink sink = followUntilCaughtUp(emptyStream(), payload -> true);
            assertThat(sink.offered()).isEmpty();
            awaitThat(sink::isInContact);
        }

        @Test
        void theLookBackComesFirst() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 10);
            RecordingSink sink = followUntilCaughtUp(stream, "7"::equals);
            assertThat(sink.lookedBackThrough()).contains(List.of("10", "9", "8", "7"));
        }

        /** That it is not less than what was offered the sink watches for in all other tests. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void whatTheLookBackHasReadIsTold(int length) {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, length);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            assertThat(sink.recordsRead()).isEqualTo(length);
        }

        @Test
        void aStreamThatCannotBeReachedIsNotCaughtUp() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            brokerLeaves();
            RecordingSink sink = follow(stream, payload -> true);
            awaitInterruption(sink);
            assertThat(sink.isCaughtUp()).isFalse();
            brokerReturns();
            awaitThat(sink::isCaughtUp);
            assertThat(sink.lookedBackThrough()).contains(List.of("1"));
        }

        @Test
        void aMissingStreamIsNotCaughtUp() {
            RecordingSink sink = follow(aMissingStream(), payload -> true);
            awaitInterruption(sink);
            assertThat(sink.isCaughtUp()).isFalse();
        }
    }

    /** Rule 4: what is written while a subscription starts is not missed. */
    @Nested
    class Rule4NoGap {

        @RepeatedTest(5)
        void theLastRecordIsOfferedThoughTheSubscriptionStartsAmongThem() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 10);
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(stream, 11, 60));
            RecordingSink sink = follow(stream, payload -> true);
            publisher.join();
            awaitThat(() -> sink.accepted().contains("60"));
        }

        @RepeatedTest(5)
        void everyRecordIsOfferedOnceIfNoneIsAccepted() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 10);
            CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> publish(stream, 11, 60));
            RecordingSink sink = follow(stream, payload -> false);
            publisher.join();
            awaitThat(() -> sink.offered().size() >= 60);
            assertThat(numbers(sink.offered())).containsExactlyInAnyOrderElementsOf(descending(60, 1));
        }
    }

    /** Rule 5: an outage is told within 15 s and survived. */
    @Nested
    class Rule5Outage {

        @Test
        void anOutageIsToldAndWhatCameSinceIsFound() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 1);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> !payload.equals("3"));
            awaitThat(sink::isInContact);
            brokerLeaves();
            awaitInterruption(sink);
            brokerReturns();
            publish(stream, 2, 3); // a good one and a bad one
            awaitThat(sink::isInContact);
            awaitThat(() -> sink.offered().contains("3"));
            awaitThat(() -> sink.accepted().equals(List.of("1", "2")));
            assertThat(sink.failure()).isEmpty();
        }

        @Test
        void anOutageAtTheStartIsToldAndFollowingBeginsOnReturn() {
            SubscriptionSettings stream = emptyStream();
            brokerLeaves();
            RecordingSink sink = follow(stream, payload -> true);
            awaitInterruption(sink);
            brokerReturns();
            publish(stream, 1, 1);
            awaitThat(() -> sink.isInContact() && sink.accepted().contains("1"));
        }

        @Test
        void aMissingStreamIsAnOutageThatNamesItAndIsFollowedOnceItExists() {
            SubscriptionSettings missing = aMissingStream();
            RecordingSink sink = follow(missing, payload -> true);
            awaitInterruption(sink);
            awaitThat(() -> sink.interruptions().stream()
                    .anyMatch(cause -> cause.toString().contains(missing.stream())));
            createStream(missing);
            publish(missing, 1, 1);
            awaitThat(() -> sink.isInContact() && sink.accepted().contains("1"));
            assertThat(sink.failure()).isEmpty();
        }
    }

    /** Rule 6: close returns within 5 s; then there are no calls and no threads. */
    @Nested
    class Rule6Close {

        @Test
        void closeReturnsInTimeRightAfterSubscribing() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 50);
            RecordingSink sink = follow(stream, payload -> false);
            assertClosed(sink, stream);
        }

        @Test
        void closeReturnsInTimeWhileLive() {
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            assertClosed(sink, stream);
        }

        @Test
        void closeReturnsInTimeWhileTheStreamIsMissing() {
            SubscriptionSettings missing = aMissingStream();
            RecordingSink sink = follow(missing, payload -> true);
            awaitInterruption(sink);
            assertClosed(sink);
        }

        @Test
        void closeReturnsInTimeBeforeTheBrokerWasEverReached() {
            SubscriptionSettings stream = emptyStream();
            brokerLeaves();
            assertClosed(follow(stream, payload -> true));
        }

        @Test
        void closeReturnsInTimeDuringAnOutage() {
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = followUntilCaughtUp(stream, payload -> true);
            awaitThat(sink::isInContact);
            brokerLeaves();
            awaitInterruption(sink);
            assertClosed(sink);
        }

        @Test
        void closeFromWithinACallToTheSinkReturnsInTimeAndIsTheLastCall() throws Exception {
            SubscriptionSettings stream = emptyStream();
            RecordingSink sink = followUntilCaughtUp(stream, payload -> false);
            CompletableFuture<Duration> took = new CompletableFuture<>();
            sink.duringOffer(() -> {
                long begin = System.nanoTime();
                subscriptionOf(sink).close();
                sink.closed();
                took.complete(Duration.ofNanos(System.nanoTime() - begin));
            });
            publish(stream, 1, 3);
            assertThat(took.get(patience().toSeconds(), TimeUnit.SECONDS)).isLessThan(CLOSE_PROMISE);
            assertClosed(sink, stream);
        }

        @Test
        void anInterruptDoesNotStopItAndIsKept() {
            RecordingSink sink = followUntilCaughtUp(emptyStream(), payload -> true);
            boolean kept = assertTimeoutPreemptively(CLOSE_PROMISE, () -> {
                Thread.currentThread().interrupt();
                subscriptionOf(sink).close();
                return Thread.interrupted();
            });
            assertThat(kept).as("interrupt flag after close").isTrue();
            assertClosed(sink);
        }

        @Test
        void severalThreadsMayCloseAtOnce() throws ExecutionException, InterruptedException {
            RecordingSink sink = followUntilCaughtUp(emptyStream(), payload -> true);
            List<CompletableFuture<Void>> closings = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> close(subscriptionOf(sink))))
                    .toList();
            for (CompletableFuture<Void> closing : closings) {
                closing.get();
            }
            assertClosed(sink);
        }
    }

    /** Rule 7: what is looked at does not grow with the log. */
    @Nested
    class Rule7Memory {

        @ParameterizedTest
        @ValueSource(ints = {10, 1000})
        void theNumberOfOffersDoesNotGrowWithTheLog(int length) {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, length);
            RecordingSink sink = followUntilCaughtUp(stream, payload -> Integer.parseInt(payload) <= length - 3);
            assertThat(sink.offered()).hasSize(4);
        }
    }

    /** Rule 2, for records that are not wanted: as if they were not there. */
    @Nested
    class Rule2PassedOver {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500})
        void theLookBackOffersTheLastRecordThatIsWanted(int others) {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 3);
            publish(stream, 4, 3 + others);
            RecordingSink sink = new RecordingSink(payload -> true);
            sink.only(payload -> Integer.parseInt(payload) <= 3);
            follow(stream, sink);
            awaitThat(sink::isCaughtUp);
            assertThat(sink.offered()).containsExactly("3");
        }

        @Test
        void aStreamWithoutAWantedRecordIsCaughtUpAndThenFollowed() {
            SubscriptionSettings stream = emptyStream();
            publish(stream, 1, 20);
            RecordingSink sink = new RecordingSink(payload -> true);
            sink.only(payload -> Integer.parseInt(payload) % 100 == 0);
            follow(stream, sink);
            awaitThat(sink::isCaughtUp);
            publish(stream, 98, 101);
            awaitThat(() -> sink.accepted().contains("100"));
            publish(stream, 199, 200);
            awaitThat(() -> sink.accepted().contains("200"));
            assertThat(sink.offered()).containsExactly("100", "200");
        }
    }

    /** What the documentation of the types says beside the rules. */
    @Nested
    class Interface {

        @Test
        void theNameIsLowerCase() {
            String name = subscriber().name();
            assertThat(name).isNotBlank().isEqualTo(name.toLowerCase(Locale.ROOT));
        }

        @Test
        void anEnvironmentThatNamesNoStreamChoosesNone() {
            assertThat(subscriber().fromEnvironment(Map.of())).isEmpty();
        }

        @Test
        void anUnknownSettingOfOursIsRefusedWithAListOfTheKnownOnes() {
            SubscriptionSettings wrong = emptyStream().with("state.no.such.setting", "1");
            RecordingSink sink = new RecordingSink(payload -> true);
            assertThatThrownBy(() -> subscriber().subscribe(wrong, sink))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContainingAll("state.no.such.setting", SubscriptionSettings.GROUP_PREFIX);
        }

        @Test
        void eachSubscriptionHasItsOwnGroupWithTheCommonPrefix() {
            SubscriptionSettings stream = emptyStream().with(SubscriptionSettings.GROUP_PREFIX, "pre");
            Subscription one = subscriptionOf(follow(stream, payload -> true));
            Subscription two = subscriptionOf(follow(stream, payload -> true));
            assertThat(one.group()).startsWith("pre-").isNotEqualTo(two.group()).isEqualTo(one.group());
            assertThat(two.group()).startsWith("pre-");
        }

        /** The sink asks for it during each call; this is about the time between the calls. */
        @Test
        void progressIsToldInEveryPhase() {
            RecordingSink sink = follow(emptyStream(), payload -> true);
            Subscription subscription = subscriptionOf(sink);
            assertThat(subscription.progress()).isNotBlank();
            awaitThat(sink::isCaughtUp);
            assertThat(subscription.progress()).isNotBlank();
            brokerLeaves();
            awaitInterruption(sink);
            assertThat(subscription.progress()).isNotBlank();
            close(subscription);
            assertThat(subscription.progress()).isNotBlank();
        }
    }

    private RecordingSink follow(SubscriptionSettings stream, Predicate<String> acceptable) {
        return follow(stream, new RecordingSink(acceptable));
    }

    private RecordingSink follow(SubscriptionSettings stream, RecordingSink sink) {
        Subscription subscription = subscriber().subscribe(stream, sink);
        sink.watch(subscription);
        sinks.add(sink);
        subscriptions.add(subscription);
        return sink;
    }

    private RecordingSink followUntilCaughtUp(SubscriptionSettings stream, Predicate<String> acceptable) {
        RecordingSink sink = follow(stream, acceptable);
        awaitThat(sink::isCaughtUp);
        return sink;
    }

    private Subscription subscriptionOf(RecordingSink sink) {
        return subscriptions.get(sinks.indexOf(sink));
    }

    private SubscriptionSettings aMissingStream() {
        Optional<SubscriptionSettings> missing = missingStream();
        assumeTrue(missing.isPresent(), "this broker has no streams that are missing");
        return missing.orElseThrow();
    }

    private void anUnreadableRecord(SubscriptionSettings stream) {
        assumeTrue(publishUnreadable(stream), "this broker has no records that its subscriber cannot read");
    }

    private void publish(SubscriptionSettings stream, int first, int last) {
        for (int i = first; i <= last; i++) {
            publish(stream, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void brokerLeaves() {
        outage = true;
        beginOutage();
    }

    private void brokerReturns() {
        outage = false;
        endOutage();
    }

    private void close(Subscription subscription) {
        assertTimeoutPreemptively(CLOSE_PROMISE, subscription::close);
    }

    /** Closes twice; then no thread may be left. */
    private void assertClosed(RecordingSink sink) {
        close(subscriptionOf(sink));
        sink.closed();
        close(subscriptionOf(sink));
        awaitNoThreadsLeft();
    }

    /** The same, and a record that another subscription sees must not reach the closed one. */
    private void assertClosed(RecordingSink sink, SubscriptionSettings stream) {
        assertClosed(sink);
        publish(stream, 99, 99);
        RecordingSink other = followUntilCaughtUp(stream, payload -> true);
        assertThat(other.offered()).containsExactly("99");
        assertThat(sink.breaches()).isEmpty();
    }

    private void awaitNoThreadsLeft() {
        within(CLOSE_PROMISE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .as("threads after close")
                        .filteredOn(
                                thread -> thread.isAlive() && !threadsBefore.contains(thread) && isOurThread(thread))
                        .isEmpty());
    }

    private static void awaitInterruption(RecordingSink sink) {
        within(OUTAGE_PROMISE).until(() -> !sink.interruptions().isEmpty() && !sink.isInContact());
    }

    private void awaitThat(Callable<Boolean> condition) {
        within(patience()).until(condition);
    }

    private static ConditionFactory within(Duration time) {
        return await().atMost(time).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    private static List<Integer> numbers(List<String> payloads) {
        return payloads.stream().map(Integer::valueOf).toList();
    }

    private static List<Integer> descending(int from, int to) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(to, from).boxed().toList());
        Collections.reverse(numbers);
        return numbers;
    }
}
