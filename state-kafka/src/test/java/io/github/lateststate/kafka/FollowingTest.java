package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FollowingTest {

    private final Topic topic = new Topic("topic", Uuid.randomUuid(), 1);
    private final KafkaSettings settings =
            KafkaSettings.of(new SubscriptionSettings("topic", Map.of("bootstrap.servers", "localhost:9")));
    private final RecordingSink sink = new RecordingSink(payload -> true);
    private final StopSignal stop = new StopSignal();

    @Test
    void noFollowerJoinsAThreadThatCouldNotBeStarted() {
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> Following.together(settings, follower(), task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }));
        Following.Place place = Following.together(settings, follower());
        stop.wakeBy(place::wake);
        stop.stop();
        await().atMost(PATIENCE).until(place.over()::isDone);
    }

    /** The thread may end without another look: it was about to end when this follower joined and left. */
    @Test
    void aFollowerThatLeavesBeforeTheThreadTakesItEnds() {
        CountDownLatch held = new CountDownLatch(1);
        Following.Place place = Following.together(
                settings,
                follower(),
                task -> new Thread(() -> {
                            Waits.uninterrupted(PATIENCE, nanos -> held.await(nanos, TimeUnit.NANOSECONDS));
                            task.run();
                        })
                        .start());
        stop.stop();
        boolean last = place.leave();
        assertThat(last).isTrue();
        assertThat(place.over()).isCompletedExceptionally();
        held.countDown();
        place.awaitEnd(PATIENCE);
    }

    /** A subscription may be closed after its look-back, and before it follows. */
    @Test
    @Timeout(30)
    void closeDoesNotWaitForAThreadThatNeverBegan() {
        Following.Place place = Following.alone(() -> FollowClients.of(settings), follower());
        stop.stop();
        assertThat(place.leave()).isTrue();
        place.awaitEnd(Duration.ofDays(1));
        assertThat(place.over()).isCompletedExceptionally();
    }

    private Follower follower() {
        FollowedLog log = new FollowedLog();
        log.adopt(topic);
        topic.partitions().forEach(partition -> log.reached(partition, 7));
        LogBounds bounds = new LogBounds(System.nanoTime(), topic, Map.of());
        return new Follower(bounds, settings, log, sink, stop, () -> {});
    }
}
