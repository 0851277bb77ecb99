package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartitionsTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic(3, Map.of());
    private final long now = Instant.now().toEpochMilli();

    @Test
    void theNewestHeadIsTheState() {
        publish(0, 900, "newest of all, but not the last of its partition");
        publish(0, 100, "last of 0");
        publish(1, 300, "last of 1");
        publish(2, 200, "last of 2");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("last of 1");
        }
    }

    @Test
    void theGreaterPartitionWinsForEqualTimestamps() {
        publish(2, 100, "last of 2");
        publish(1, 100, "last of 1");
        publish(0, 100, "last of 0");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("last of 2");
        }
    }

    @Test
    void aPartitionWithoutRecordsDoesNotCount() {
        publish(1, 100, "alone");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("alone");
            assertThat(state.current().origin().orElseThrow().partition()).isEqualTo("1");
        }
    }

    @Test
    void anOlderRecordOfAnotherPartitionIsAcceptedButDoesNotWin() {
        publish(0, 200, "newer");
        try (LatestState<String> state = broker.ready(topic)) {
            publish(1, 100, "older");
            await().atMost(PATIENCE).until(() -> state.status().accepted() == 2);
            assertThat(state.get()).isEqualTo("newer");
            publish(0, 50, "newer by the log");
            await().atMost(PATIENCE).until(() -> state.get().equals("older"));
        }
    }

    @Test
    void theLookBackCanGoFurtherInOnePartitionThanInTheOthers() {
        publish(0, 100, "good");
        for (int i = 0; i < 300; i++) {
            publish(0, 200, "");
        }
        publish(1, 50, "older");
        try (LatestState<String> state = ready(broker.state(
                topic, (payload, origin) -> payload.length == 0 ? null : SharedBroker.TEXT.decode(payload, origin)))) {
            assertThat(state.get()).isEqualTo("good");
            assertThat(state.status().rejected()).isEqualTo(300);
        }
    }

    @Test
    void instancesThatStartedAtDifferentTimesAgree() {
        Random random = new Random();
        List<LatestState<String>> states = new ArrayList<>();
        Map<Integer, String> lastOfEach = new HashMap<>();
        try {
            for (int i = 0; i < 300; i++) {
                if (i % 100 == 0) {
                    states.add(broker.text(topic).open());
                }
                int partition = random.nextInt(3);
                int time = random.nextInt(5);
                String value = "%d-%d-%d".formatted(time, partition, i); // sorts like the heads
                publish(partition, time, value);
                lastOfEach.put(partition, value);
            }
            states.add(broker.ready(topic));
            String expected =
                    lastOfEach.values().stream().max(Comparator.naturalOrder()).orElseThrow();
            assertThat(states.get(3).get()).isEqualTo(expected);
            await().atMost(PATIENCE)
                    .until(() -> states.stream().allMatch(state -> state.value().equals(Optional.of(expected))));
        } finally {
            states.forEach(LatestState::close);
        }
    }

    @Test
    void anAddedPartitionIsFollowedWithinFifteenSeconds() {
        publish(0, 100, "before");
        try (LatestState<String> state = broker.ready(topic)) {
            done(clients.admin()
                    .createPartitions(Map.of(topic, NewPartitions.increaseTo(5)))
                    .all());
            publish(4, 200, "in the new one");
            await().atMost(Duration.ofSeconds(15)).until(() -> state.get().equals("in the new one"));
            publish(4, 300, "followed");
            await().atMost(PATIENCE).until(() -> state.get().equals("followed"));
            publish(0, 400, "still followed");
            await().atMost(PATIENCE).until(() -> state.get().equals("still followed"));
        }
    }

    private void publish(int partition, int time, String value) {
        clients.publish(topic, partition, now + time, value);
    }
}
