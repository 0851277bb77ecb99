package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaCluster;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two partitions with one replica each. The broker of the second one is lost. */
class LeaderlessPartitionTest {

    private static final Duration WATCHED = Duration.ofSeconds(20);

    /** Two fetches that a broker holds back for 500 ms each, and a probe every few seconds. */
    private static final double PER_SECOND = 5;

    /** The requests that the loss of a broker itself causes: its connections are tried again a few times. */
    private static final double BURST = 50;

    private static KafkaCluster cluster;
    private static TestClients clients;
    private static int lost;

    @BeforeAll
    static void startCluster() {
        cluster = KafkaCluster.start();
        clients = new TestClients(cluster.bootstrapServers());
        lost = cluster.nodeIds().last();
    }

    @AfterAll
    static void stopCluster() {
        clients.close();
        cluster.close();
    }

    @AfterEach
    void returnOfTheLostBroker() {
        cluster.start(lost);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOtherPartitionIsFollowedAndTheClusterIsNotFlooded(boolean shared) {
        String topic = topic();
        clients.publish(topic, 0, 1L, "first");
        clients.publish(topic, 1, 2L, "second");
        try (LatestState<String> state = States.following(topic, cluster.bootstrapServers())
                .setting("state.share.clients", Boolean.toString(shared))
                .setting("metric.reporters", RequestCounter.class.getName())
                .open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("second");

            double before = RequestCounter.sent();
            long since = System.nanoTime();
            cluster.kill(lost);
            States.withinThePromiseForOutages()
                    .until(() -> States.trouble(state.status()).contains("partition 1 has no leader"));
            assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
            clients.publish(topic, 0, 3L, "third");
            States.awaitValue(state, "third");

            await().during(WATCHED)
                    .atMost(WATCHED.multipliedBy(2))
                    .until(() ->
                            RequestCounter.sent() - before <= BURST + PER_SECOND * (System.nanoTime() - since) / 1e9);

            cluster.start(lost);
            States.awaitPhase(state, Phase.LIVE);
            clients.publish(topic, 1, 4L, "fourth");
            States.awaitValue(state, "fourth");
        }
    }

    @Test
    void aStateIsNotReadyBeforeTheLookBackHasReachedAllPartitions() {
        String topic = topic();
        clients.publish(topic, 0, 1L, "first");
        clients.publish(topic, 1, 2L, "second");
        cluster.kill(lost);
        await().atMost(SharedBroker.PATIENCE).until(() -> isLeaderless(topic));
        try (LatestState<String> state =
                States.following(topic, cluster.bootstrapServers()).open()) {
            States.withinThePromiseForOutages()
                    .until(() -> States.trouble(state.status()).contains("partition 1 has no leader"));
            assertThat(state.value()).isEmpty();
            cluster.start(lost);
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("second");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateWaitsForATopicWithoutAnyLeader(boolean shared) {
        String topic = topic(Map.of(0, List.of(lost)));
        clients.publish(topic, "only");
        cluster.kill(lost);
        await().atMost(SharedBroker.PATIENCE).until(() -> isLeaderless(topic));
        try (LatestState<String> state = States.following(topic, cluster.bootstrapServers())
                .setting("state.share.clients", Boolean.toString(shared))
                .open()) {
            States.withinThePromiseForOutages()
                    .until(() -> States.trouble(state.status()).contains("partition 0 has no leader"));
            await().during(Duration.ofSeconds(5))
                    .atMost(SharedBroker.PATIENCE)
                    .until(() -> States.trouble(state.status()).contains("partition 0 has no leader")
                            && state.status().phase() == Phase.INTERRUPTED);
            cluster.start(lost);
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("only");
        }
    }

    @Test
    void aLeaderThatDiesDuringTheStartDoesNotCauseALoopOfRequests() {
        String topic = topic();
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", cluster.bootstrapServers(), "metric.reporters", RequestCounter.class.getName()))) {
            Topic described = AdminQuestions.describe(admin, List.of(topic), SharedBroker.PATIENCE)
                    .get(0)
                    .join();
            cluster.kill(lost);
            await().atMost(SharedBroker.PATIENCE).until(() -> isLeaderless(topic));
            double before = RequestCounter.sent();
            long since = System.nanoTime();
            assertThat(new LookBackProbe(
                                    () -> admin,
                                    KafkaSettings.of(new SubscriptionSettings(
                                            topic, Map.of("bootstrap.servers", cluster.bootstrapServers()))))
                            .hidden(described))
                    .failsWithin(SharedBroker.PATIENCE);
            assertThat(RequestCounter.sent() - before)
                    .isLessThanOrEqualTo(BURST + PER_SECOND * (System.nanoTime() - since) / 1e9);
        }
    }

    private static boolean isLeaderless(String topic) {
        return !AdminQuestions.describe(clients.admin(), List.of(topic), SharedBroker.PATIENCE)
                .get(0)
                .join()
                .leaderless()
                .isEmpty();
    }

    private static String topic() {
        return topic(Map.of(0, List.of(cluster.nodeIds().first()), 1, List.of(lost)));
    }

    private static String topic(Map<Integer, List<Integer>> replicas) {
        String name = TestClients.newName();
        TestClients.done(clients.admin()
                .createTopics(List.of(new NewTopic(name, replicas)))
                .all());
        await().atMost(SharedBroker.PATIENCE)
                .ignoreExceptionsMatching(Causes::isTopicMissing) // the broker that is asked may not know it yet
                .until(() -> !isLeaderless(name));
        return name;
    }
}
