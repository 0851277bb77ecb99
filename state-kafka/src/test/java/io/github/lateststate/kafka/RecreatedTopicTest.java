package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Origin;
import io.github.lateststate.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecreatedTopicTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private static final String HOLD = "hold";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestClients clients = broker.clients();
    private final String topic = TestClients.newName();
    private final Instant now = Instant.now();
    private final Instant earlier = now.minusSeconds(3_600);

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void aRecreatedTopicIsFollowedWhateverItsLength(int length) throws InterruptedException {
        clients.create(topic, 1, Map.of());
        publish(5, 0, "old", now);
        try (LatestState<String> state = ready(broker.state(topic, this::decodeOrHold))) {
            clients.publish(topic, HOLD);
            held.await();
            recreate(1);
            publish(length, 0, "new", earlier);
            release.countDown();
            await().atMost(PATIENCE).until(() -> state.get().equals("new " + length));
            publish(1, 0, "followed", earlier);
            await().atMost(PATIENCE).until(() -> state.get().equals("followed 1"));
        }
    }

    @Test
    void theValueStaysUntilTheNewTopicHasARecord() {
        clients.create(topic, 1, Map.of());
        publish(5, 0, "old", now);
        try (LatestState<String> state = broker.ready(topic)) {
            delete();
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.INTERRUPTED);
            assertThat(state.status().lastError().orElseThrow())
                    .hasMessageContaining("The topic '" + topic + "' does not exist");
            assertThat(state.get()).isEqualTo("old 5");
            clients.create(topic, 1, Map.of());
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.LIVE);
            assertThat(state.get()).isEqualTo("old 5");
            publish(1, 0, "new", earlier);
            await().atMost(PATIENCE).until(() -> state.get().equals("new 1"));
        }
    }

    /** The old topic had three partitions. The last one held the newest record. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 6", "1, 9", "3, 1", "3, 6", "5, 6"})
    void noPartitionOfTheOldTopicCountsAfterTheNewOneHasARecord(int partitions, int length)
            throws InterruptedException {
        clients.create(topic, 3, Map.of());
        publish(5, 0, "old", now);
        publish(5, 2, "newest", now.plusSeconds(1));
        try (LatestState<String> state = ready(broker.state(topic, this::decodeOrHold))) {
            assertThat(state.get()).isEqualTo("newest 5");
            clients.publish(topic, HOLD);
            held.await();
            recreate(partitions);
            publish(length, 0, "new", earlier);
            release.countDown();
            await().atMost(PATIENCE).until(() -> state.get().equals("new " + length));
            publish(1, 0, "followed", earlier);
            await().atMost(PATIENCE).until(() -> state.get().equals("followed 1"));
        }
    }

    /** Stops the subscriber at one record, so that it cannot see what happens to the topic meanwhile. */
    private String decodeOrHold(byte[] payload, Origin origin) throws InterruptedException {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.equals(HOLD)) {
            held.countDown();
            release.await();
        }
        return text;
    }

    private void publish(int count, int partition, String value, Instant time) {
        for (int i = 1; i <= count; i++) {
            clients.publish(topic, partition, time.toEpochMilli(), value + " " + i);
        }
    }

    private void recreate(int partitions) {
        delete();
        clients.create(topic, partitions, Map.of());
    }

    private void delete() {
        done(clients.admin().deleteTopics(List.of(topic)).all());
    }
}
