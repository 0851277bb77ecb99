package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MissingTopicTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = TestClients.newName();

    @Test
    void theStatusSaysThatTheTopicIsWaitedFor() {
        try (LatestState<String> state = broker.text(topic).open()) {
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.INTERRUPTED);
            assertThat(state.status().lastError().orElseThrow())
                    .hasMessageContaining("The topic '" + topic + "' does not exist at " + broker.bootstrapServers())
                    .hasMessageContaining("create it, or set state.create.topic=true");
            await().atMost(PATIENCE).until(() -> state.status().progress().contains("waiting for topic '" + topic));
            assertThatExceptionOfType(NotReadyException.class)
                    .isThrownBy(() -> state.awaitReady(Duration.ZERO))
                    .withMessageContaining(topic);
            assertThat(topics()).doesNotContain(topic);
        }
    }

    @Test
    void aTopicThatIsCreatedLaterIsFollowed() {
        try (LatestState<String> state = broker.text(topic).open()) {
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.INTERRUPTED);
            clients.create(topic, 1, Map.of());
            clients.publish(topic, "first");
            state.awaitReady(PATIENCE);
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
            clients.publish(topic, "second");
            await().atMost(PATIENCE).until(() -> state.get().equals("second"));
        }
    }

    @Test
    void onRequestTheTopicIsCreatedSoThatItsLastRecordIsKept() {
        try (LatestState<String> state = SharedBroker.ready(broker.text(topic).setting("state.create.topic", "true"))) {
            assertThat(state.value()).isEmpty();
            assertThat(partitions()).isEqualTo(1);
            assertThat(configured("retention.ms")).isEqualTo(-1);
            assertThat(configured("retention.bytes")).isBetween(2 * configured("segment.bytes"), 1L << 30);
            clients.publish(topic, "first");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
        }
    }

    @Test
    void instancesThatCreateTheTopicAtOnceShareIt() {
        List<LatestState<String>> states = List.of(creating(), creating(), creating());
        try {
            states.forEach(state -> state.awaitReady(PATIENCE));
            assertThat(states)
                    .allSatisfy(state -> assertThat(state.status().lastError()).isEmpty());
            clients.publish(topic, "first");
            await().atMost(PATIENCE)
                    .until(() -> states.stream().allMatch(state -> state.value().isPresent()));
        } finally {
            states.forEach(LatestState::close);
        }
    }

    private LatestState<String> creating() {
        return broker.text(topic).setting("state.create.topic", "true").open();
    }

    private Iterable<String> topics() {
        return done(clients.admin().listTopics().names());
    }

    private int partitions() {
        return done(clients.admin().describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }

    private long configured(String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return done(clients.admin().describeConfigs(List.of(resource)).all()).values().stream()
                .mapToLong(config -> Long.parseLong(config.get(name).value()))
                .sum();
    }
}
