package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decoders that harm the subscription's thread. */
class HarmfulDecoderTest {

    private static EmbeddedKafka broker;
    private static TestClients clients;

    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        topic = clients.topic();
    }

    @Test
    void aDecoderThatSetsTheInterruptFlagEndsNothing() {
        clients.publish(topic, "first");
        try (LatestState<String> state = open((payload, origin) -> {
            Thread.currentThread().interrupt();
            return text(payload);
        })) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("first");
            clients.publish(topic, "second");
            States.awaitValue(state, "second");
            clients.publish(topic, "third");
            States.awaitValue(state, "third");
            assertThat(state.status().lastError()).isEmpty();
        }
    }

    @Test
    void aDecoderThatBlocksInTheLookBackDelaysReadinessAndEndsNothing() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        clients.publish(topic, "first");
        try (LatestState<String> state = open(blockingAt("first", blocked, release))) {
            await(blocked);
            assertThatThrownBy(() -> state.awaitReady(Duration.ZERO))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageContaining("looking back in partition 0");
            clients.publish(topic, "second");
            release.countDown();
            States.awaitReady(state);
            States.awaitValue(state, "second");
        }
    }

    @Test
    void aDecoderThatBlocksWhileFollowingDoesNotDelayAnotherStateAndEndsNothing() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        clients.publish(topic, "first");
        try (LatestState<String> state = open(blockingAt("second", blocked, release));
                LatestState<String> other =
                        States.following(topic, broker.bootstrapServers()).open()) {
            States.awaitReady(state);
            clients.publish(topic, "second");
            await(blocked);
            clients.publish(topic, "third");
            States.awaitValue(other, "third");
            assertThat(state.get()).isEqualTo("first");
            release.countDown();
            States.awaitValue(state, "third");
        }
    }

    @Test
    void aDecoderThatBlocksForEverDoesNotDelayClose() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        clients.publish(topic, "first");
        LatestState<String> state = open(blockingAt("first", blocked, release));
        await(blocked);
        States.closeInTime(state);
        release.countDown();
        States.awaitNoThreadLeftOf(state);
        assertThat(state.value()).isEmpty();
    }

    private LatestState<String> open(Decoder<String> decoder) {
        return LatestState.builder(decoder).subscriber("kafka").stream(topic)
                .setting("bootstrap.servers", broker.bootstrapServers())
                .open();
    }

    private static Decoder<String> blockingAt(String value, CountDownLatch blocked, CountDownLatch release) {
        return (payload, origin) -> {
            if (text(payload).equals(value)) {
                blocked.countDown();
                await(release);
            }
            return text(payload);
        };
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
