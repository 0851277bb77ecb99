package io.github.lateststate.kafka;

import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which event ends which follower. Uses Kafka's own mock consumer; the admin client gets no answers. */
class FollowLoopTest {

    private static final String HARMFUL = "harmful";

    private final AtomicReference<@Nullable KafkaException> foundOut = new AtomicReference<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            KafkaException thrown = foundOut.getAndSet(null);
            if (thrown != null) {
                throw thrown;
            }
            return super.position(partition, timeout);
        }
    };
    private final FollowClients clients = FollowClients.of(Followers.settings("topic"), at -> consumer);
    private final FollowLoop loop = new FollowLoop(clients);
    private final Topic topic = new Topic("topic", Uuid.randomUuid(), 1);
    private final Topic another = new Topic("another", Uuid.randomUuid(), 1);
    private final StopSignal stop = new StopSignal();
    private final RecordingSink sink = new RecordingSink(value -> {
        if (value.equals(HARMFUL)) {
            throw new AssertionError(value);
        }
        return true;
    });
    private final Follower one = follower(topic);
    private final Follower other = follower(another);

    @AfterEach
    void close() {
        clients.close();
    }

    static List<KafkaException> aPollFailureThatNamesATopicEndsOnlyItsFollower() {
        return List.of(
                new OffsetOutOfRangeException(Map.of(new TopicPartition("topic", 0), 7L)),
                new TopicAuthorizationException(Set.of("topic")),
                new InvalidTopicException(Set.of("topic")));
    }

    @ParameterizedTest
    @MethodSource
    void aPollFailureThatNamesATopicEndsOnlyItsFollower(KafkaException exception) {
        joinBoth();
        consumer.setPollException(exception);
        loop.turn();
        assertThat(one.ended()).isDone();
        add("another", "for the other");
        loop.turn();
        assertThat(other.ended()).isNotDone();
        assertThat(sink.accepted()).containsExactly("for the other");
        assertThat(consumer.assignment()).containsExactlyElementsOf(another.partitions());
    }

    @Test
    void aLostPositionIsKeptUntilTheNextLookBack() {
        joinBoth();
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(new TopicPartition("topic", 0), 7L)));
        loop.turn();
        assertThat(one.ended())
                .isCompletedWithValueMatching(reason -> reason.reason().contains("no longer in the log"));
        assertThat(one.start(new TopicPartition("topic", 0)).offset()).isEqualTo(7);
        assertThat(other.start(new TopicPartition("another", 0)).offset()).isEqualTo(7);
    }

    /** The consumer throws what it has found out in the background from any call that may talk to a broker. */
    @Test
    void aLostPositionEndsItsFollowerEvenIfAnotherOneAsksForItsPosition() {
        joinBoth();
        foundOut.set(new OffsetOutOfRangeException(Map.of(new TopicPartition("topic", 0), 7L)));
        receive(other, Followers.unchanged(another));
        assertThat(one.ended())
                .isCompletedWithValueMatching(reason -> reason.reason().contains("no longer in the log"));
        assertThat(other.ended()).isNotDone();
    }

    @Test
    void aFollowerThatJoinsWhileAPositionIsAskedForEndsNoOther() {
        joinBoth();
        foundOut.set(new WakeupException());
        receive(one, Followers.unchanged(topic));
        add("topic", "for the one");
        loop.turn();
        assertThat(one.ended()).isNotDone();
        assertThat(other.ended()).isNotDone();
        assertThat(sink.accepted()).containsExactly("for the one");
    }

    @Test
    void aPollFailureThatNamesNoTopicEndsAllFollowers() {
        joinBoth();
        consumer.setPollException(new KafkaException("whatever"));
        loop.turn();
        assertThat(one.ended()).isCompletedExceptionally();
        assertThat(other.ended()).isCompletedExceptionally();
        assertThat(loop.isEmpty()).isTrue();
    }

    @Test
    void aFollowerThatThrowsEndsAlone() {
        joinBoth();
        add("topic", HARMFUL);
        add("another", "for the other");
        loop.turn();
        assertThat(one.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(AssertionError.class);
        assertThat(other.ended()).isNotDone();
        assertThat(sink.accepted()).contains("for the other");
    }

    /** Creating a client resolves host names and loads classes. */
    @Test
    void theAdminClientIsCreatedOnAnotherThreadBecauseRecordsMustNotWaitForIt() {
        KafkaSettings settings = KafkaSettings.of(new SubscriptionSettings(
                "topic",
                Map.of("bootstrap.servers", "localhost:9", "metric.reporters", CreatorReporter.class.getName())));
        try (FollowClients watchedClients = FollowClients.of(settings, at -> consumer)) {
            FollowLoop watched = new FollowLoop(watchedClients);
            watched.add(one);
            watched.turn();
            await().until(() -> CreatorReporter.creator().isPresent());
            assertThat(CreatorReporter.creator()).get().isNotEqualTo(Thread.currentThread());
        }
    }

    @Test
    void aClosedFollowerLeavesAndTheOthersStay() {
        StopSignal closed = new StopSignal();
        loop.add(follower(topic, closed));
        loop.add(other);
        loop.turn();
        closed.stop();
        loop.turn();
        add("another", "for the other");
        loop.turn();
        assertThat(sink.accepted()).containsExactly("for the other");
        assertThat(loop.isEmpty()).isFalse();
        stop.stop();
        loop.turn();
        assertThat(loop.isEmpty()).isTrue();
    }

    @Test
    void aNewFollowerOfATopicEndsTheClosedOne() {
        loop.add(one);
        Follower later = follower(topic);
        loop.add(later);
        loop.turn();
        assertThat(one.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StoppedException.class);
        assertThat(later.ended()).isNotDone();
    }

    @Test
    void aMissingTopicIsNotFetchedUntilItExistsAgain() {
        joinBoth();
        receive(one, failedFuture(new UnknownTopicOrPartitionException()));
        assertThat(consumer.paused()).containsExactlyElementsOf(topic.partitions());
        receive(one, failedFuture(new TimeoutException()));
        assertThat(consumer.paused()).containsExactlyElementsOf(topic.partitions());
        receive(one, Followers.unchanged(topic));
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aNewFollowerFetchesEvenIfAnEarlierOneOfItsTopicWasPaused() {
        loop.add(one);
        loop.turn();
        receive(one, failedFuture(new UnknownTopicOrPartitionException()));
        one.fail(new StoppedException());
        loop.add(follower(topic));
        await().atMost(SharedBroker.PATIENCE).until(() -> {
            loop.turn();
            return consumer.assignment().containsAll(topic.partitions())
                    && consumer.paused().isEmpty();
        });
    }

    private void receive(Follower follower, CompletableFuture<TopicBounds> answer) {
        follower.asks(answer);
        loop.turn();
    }

    private void joinBoth() {
        loop.add(one);
        loop.add(other);
        loop.turn();
    }

    private void add(String to, String value) {
        consumer.addRecord(new ConsumerRecord<>(to, 0, 7, null, TestClients.bytes(value)));
    }

    private Follower follower(Topic followed) {
        return follower(followed, stop);
    }

    private Follower follower(Topic followed, StopSignal signal) {
        return Followers.of(followed, sink, signal);
    }
}
