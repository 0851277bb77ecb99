package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a contract test needs of a broker and its subscriber, and what the rules share. At the end of every test two
 * things are checked as well: no sink saw a breach of a rule, and no thread is left.
 */
public abstract class SubscriberContract {

    static final Duration CLOSE_PROMISE = Duration.ofSeconds(5);
    private static final Duration OUTAGE_PROMISE = Duration.ofSeconds(15);

    private final Set<Thread> threadsBefore = new HashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<RecordingSink> sinks = new ArrayList<>();
    private boolean outage;

    /** For subclasses. */
    protected SubscriberContract() {}

    /**
     * The subscriber under test.
     *
     * @return a new one or always the same
     */
    protected abstract LatestStateSubscriber subscriber();

    /**
     * Creates an empty stream with one partition.
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

    /** Brings the broker back, with its records. Returns when it accepts records. */
    protected abstract void endOutage();

    /**
     * Whether a thread belongs to the subscriber or its client.
     *
     * @param thread a thread of this JVM that was started during the test
     * @return whether it must have ended after {@code close}
     */
    protected abstract boolean isOurThread(Thread thread);

    /**
     * Names a stream that does not exist yet.
     *
     * @return another one at every call; empty by default, for a broker that has no missing streams
     */
    protected Optional<SubscriptionSettings> missingStream() {
        return Optional.empty();
    }

    /**
     * Creates the stream that was missing, empty and with one partition. Override it together with
     * {@link #missingStream}.
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
     * @return whether there is such a record; by default there is none, and nothing is appended
     */
    protected boolean publishUnreadable(SubscriptionSettings stream) {
        return false;
    }

    /**
     * How long to wait for an event without a deadline in the contract.
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
    final void assertThatEveryRuleWasKeptAndNothingIsLeft() {
        if (outage) {
            brokerReturns();
        }
        subscriptions.forEach(this::close);
        awaitNoThreadsLeft();
        assertThat(sinks).flatExtracting(RecordingSink::breaches).isEmpty();
    }

    RecordingSink follow(SubscriptionSettings stream, Predicate<String> acceptable) {
        return follow(stream, new RecordingSink(acceptable));
    }

    RecordingSink follow(SubscriptionSettings stream, RecordingSink sink) {
        Subscription subscription = subscriber().subscribe(stream, sink);
        sink.watch(subscription);
        sinks.add(sink);
        subscriptions.add(subscription);
        return sink;
    }

    RecordingSink followUntilCaughtUp(SubscriptionSettings stream, Predicate<String> acceptable) {
        RecordingSink sink = follow(stream, acceptable);
        awaitThat(sink::isCaughtUp);
        return sink;
    }

    Subscription subscriptionOf(RecordingSink sink) {
        return subscriptions.get(sinks.indexOf(sink));
    }

    SubscriptionSettings aMissingStream() {
        Optional<SubscriptionSettings> missing = missingStream();
        assumeTrue(missing.isPresent(), "this broker has no streams that are missing");
        return missing.orElseThrow();
    }

    void anUnreadableRecord(SubscriptionSettings stream) {
        assumeTrue(publishUnreadable(stream), "this broker has no records that its subscriber cannot read");
    }

    void publish(SubscriptionSettings stream, int first, int last) {
        for (int i = first; i <= last; i++) {
            publish(stream, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        }
    }

    void brokerLeaves() {
        outage = true;
        beginOutage();
    }

    void brokerReturns() {
        outage = false;
        endOutage();
    }

    void close(Subscription subscription) {
        assertTimeoutPreemptively(CLOSE_PROMISE, subscription::close);
    }

    /** Closes twice. Then no thread may be left. */
    void assertClosed(RecordingSink sink) {
        close(subscriptionOf(sink));
        sink.closed();
        close(subscriptionOf(sink));
        awaitNoThreadsLeft();
    }

    /** Does the same, and checks that a record that another subscription receives does not reach the closed one. */
    void assertClosed(RecordingSink sink, SubscriptionSettings stream) {
        assertClosed(sink);
        publish(stream, 99, 99);
        RecordingSink other = followUntilCaughtUp(stream, payload -> true);
        assertThat(other.offered()).containsExactly("99");
        assertThat(sink.breaches()).isEmpty();
    }

    void awaitNoThreadsLeft() {
        within(CLOSE_PROMISE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .as("threads after close")
                        .filteredOn(
                                thread -> thread.isAlive() && !threadsBefore.contains(thread) && isOurThread(thread))
                        .isEmpty());
    }

    static void awaitInterruption(RecordingSink sink) {
        within(OUTAGE_PROMISE).until(() -> !sink.interruptions().isEmpty() && !sink.isInContact());
    }

    void awaitThat(Callable<Boolean> condition) {
        within(patience()).until(condition);
    }

    static ConditionFactory within(Duration time) {
        return await().atMost(time).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    static List<Integer> numbers(List<String> payloads) {
        return payloads.stream().map(Integer::valueOf).toList();
    }

    static List<Integer> descending(int from, int to) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(to, from).boxed().toList());
        Collections.reverse(numbers);
        return numbers;
    }
}
