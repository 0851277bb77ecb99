package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MissingTopicTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = TestClients.newName();

    @Test
    void theStatusSaysThatTheTopicIsMissing() {
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

    /** Kafka's consumer asks for the records of a deleted topic thousands of times a second. */
    @Test
    void aDeletedTopicIsAskedForButNotFetched() throws JMException {
        clients.create(topic, 1, Map.of());
        clients.publish(topic, "last");
        try (LatestState<String> state = broker.ready(topic)) {
            done(clients.admin().deleteTopics(List.of(topic)).all());
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.INTERRUPTED);
            double fetched = metric(state, "consumer-fetch-manager-metrics", "fetch-total");
            double asked = metric(state, "consumer-metrics", "request-total");
            await().atMost(PATIENCE).until(() -> metric(state, "consumer-metrics", "request-total") >= asked + 3);
            assertThat(metric(state, "consumer-fetch-manager-metrics", "fetch-total") - fetched)
                    .isLessThan(10);
            assertThat(state.get()).isEqualTo("last");
        }
    }

    @Test
    void aStateWaitsForATopicThatIsDeletedDuringTheLookBack() throws InterruptedException {
        clients.create(topic, 1, Map.of());
        for (int i = 0; i < 10; i++) {
            clients.publish(topic, "bad");
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Decoder<String> decoder = (payload, origin) -> {
            String text = new String(payload, StandardCharsets.UTF_8);
            if (text.equals("bad")) {
                reached.countDown();
                release.await();
                throw new IllegalArgumentException(text);
            }
            return text;
        };
        try (LatestState<String> state = broker.state(topic, decoder).open()) {
            reached.await();
            done(clients.admin().deleteTopics(List.of(topic)).all());
            release.countDown();
            await().atMost(PATIENCE).until(() -> state.status().progress().contains("waiting for topic '" + topic));
            clients.create(topic, 1, Map.of());
            clients.publish(topic, "new");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
            assertThat(state.get()).isEqualTo("new");
        }
    }

    @Test
    void aCreatedTopicKeepsItsLastRecord() {
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
    void instancesThatCreateTheTopicTogetherShareIt() {
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

    /** A metric of the consumer that follows. */
    private static double metric(LatestState<?> state, String type, String name) throws JMException {
        ObjectName consumer = new ObjectName("kafka.consumer:type=" + type + ",client-id=" + state.group());
        return (double) ManagementFactory.getPlatformMBeanServer().getAttribute(consumer, name);
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
