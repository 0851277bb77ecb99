package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A decoder runs while the broker falls silent. Records that were fetched before prove nothing about the time after.
 */
class SlowDecoderTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    private final CountDownLatch decoding = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void resumeBroker() {
        released.countDown();
        broker.kafka().resume();
    }

    /** Also checks a neighbour with the same clients: no answer can reach it while the decoder runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lastContactIsNeverLaterThanTheLastAnswer(boolean shared) {
        String topic = broker.clients().topic();
        String neighbours = broker.clients().topic();
        broker.clients().publish(topic, "first");
        broker.clients().publish(neighbours, "first");
        try (LatestState<String> slow = open(topic, shared, (payload, origin) -> decode(payload));
                LatestState<String> neighbour = open(neighbours, shared, (payload, origin) -> text(payload))) {
            States.awaitReady(slow);
            States.awaitReady(neighbour);
            broker.clients().publish(topic, "slow");
            waitFor(decoding);
            broker.kafka().freeze();
            Instant silence = Instant.now();

            await().atMost(SharedBroker.PATIENCE)
                    .until(() -> phase(slow) == Phase.INTERRUPTED && phase(neighbour) == Phase.INTERRUPTED);
            released.countDown();
            States.awaitValue(slow, "slow");
            await().during(Duration.ofSeconds(3))
                    .atMost(SharedBroker.PATIENCE)
                    .until(() -> phase(slow) == Phase.INTERRUPTED && phase(neighbour) == Phase.INTERRUPTED);
            assertThat(slow.status().lastContact().orElseThrow()).isBefore(silence);
            assertThat(neighbour.status().lastContact().orElseThrow()).isBefore(silence);

            broker.kafka().resume();
            States.awaitPhase(slow, Phase.LIVE);
            States.awaitPhase(neighbour, Phase.LIVE);
        }
    }

    private static LatestState<String> open(String topic, boolean shared, Decoder<String> decoder) {
        LatestStateBuilder<String> builder = LatestState.builder(decoder).subscriber("kafka").stream(topic);
        return builder.setting("bootstrap.servers", broker.bootstrapServers())
                .setting("state.share.clients", Boolean.toString(shared))
                .open();
    }

    private static Phase phase(LatestState<?> state) {
        return state.status().phase();
    }

    private String decode(byte[] payload) {
        String text = text(payload);
        if (text.equals("slow")) {
            decoding.countDown();
            waitFor(released);
        }
        return text;
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
