package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaCluster;
import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The leader is cut off from the other brokers, which choose another one. The old leader does not learn of it, and
 * answers as before.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs addresses that begin with 127 beside 127.0.0.1")
class IsolatedLeaderTest {

    private static final Duration WATCHED = Duration.ofSeconds(20);

    private static final List<NetworkProxy> ways =
            Stream.generate(NetworkProxy::start).limit(3).toList();

    private static KafkaCluster cluster;
    private static TestClients clients;

    private String topic;
    private int old;

    @BeforeAll
    static void startCluster() {
        cluster = KafkaCluster.startIsolable(ways);
        clients = new TestClients(cluster.bootstrapServers());
    }

    @AfterAll
    static void stopCluster() {
        clients.close();
        cluster.close();
        ways.forEach(NetworkProxy::close);
    }

    @BeforeEach
    void publish() {
        topic = clients.topic();
        awaitAllInSync();
        clients.publish(topic, "before");
        old = partition(clients).leader().id();
    }

    @AfterEach
    void heal() {
        cluster.nodeIds().forEach(cluster::rejoin);
        ways.forEach(NetworkProxy::heal);
        awaitAllInSync();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNewLeaderIsFollowedEvenIfTheOldOneStillAnswers(boolean shared) {
        try (LatestState<String> state =
                following(cluster.node(old).bootstrapServers(), shared).open()) {
            List<String> seen = new CopyOnWriteArrayList<>();
            States.awaitReady(state);
            state.listen(change -> seen.add(change.value().orElse("none")));

            isolateOld();
            publishByOthers("after");
            States.awaitValue(state, "after");
            States.awaitPhase(state, Phase.LIVE);

            cluster.rejoin(old);
            publishByOthers("last");
            States.awaitValue(state, "last");
            assertThat(seen).containsExactly("before", "after", "last");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewerValueStaysIfOnlyTheOldLeaderCanBeReached(boolean shared) {
        try (LatestState<String> state =
                following(cluster.proxiedServers(), shared).open()) {
            List<String> seen = new CopyOnWriteArrayList<>();
            States.awaitReady(state);
            state.listen(change -> seen.add(change.value().orElse("none")));
            isolateOld();
            long end = publishByOthers("after") + 1;
            States.awaitValue(state, "after");

            others().forEach(node -> way(node).cut());
            assertThat(endAtOldLeader()).isLessThan(end);
            States.awaitPhase(state, Phase.INTERRUPTED);
            await().atMost(SharedBroker.PATIENCE)
                    .until(() -> States.trouble(state.status()).contains("outdated leader"));
            await().during(WATCHED)
                    .atMost(WATCHED.multipliedBy(2))
                    .until(() -> state.status().phase() == Phase.INTERRUPTED
                            && state.get().equals("after"));

            others().forEach(node -> way(node).heal());
            States.awaitPhase(state, Phase.LIVE);
            assertThat(seen).containsExactly("before", "after");
        }
    }

    private LatestStateBuilder<String> following(String bootstrapServers, boolean shared) {
        return States.following(topic, bootstrapServers).setting("state.share.clients", Boolean.toString(shared));
    }

    /** The end of the log, according to a client that reaches only the old leader. */
    private long endAtOldLeader() {
        try (TestClients alone = new TestClients(way(old).address())) {
            return alone.end(topic, IsolationLevel.READ_COMMITTED);
        }
    }

    /** Returns when the other brokers have chosen a leader. Older clients may still ask the old one. */
    private void isolateOld() {
        cluster.isolate(old);
        await().atMost(SharedBroker.PATIENCE).until(() -> {
            try (TestClients others = new TestClients(othersServers())) {
                Node leader = partition(others).leader();
                return leader != null && leader.id() != old;
            }
        });
    }

    private long publishByOthers(String value) {
        try (TestClients others = new TestClients(othersServers())) {
            return others.publish(topic, value).offset();
        }
    }

    /** The broker that is asked may have rejoined just now, and not know the topic yet. */
    private void awaitAllInSync() {
        await().atMost(SharedBroker.PATIENCE)
                .untilAsserted(() -> assertThat(partition(clients).isr()).hasSize(3));
    }

    private TopicPartitionInfo partition(TestClients asked) {
        return TestClients.done(asked.admin().describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next()
                .partitions()
                .get(0);
    }

    private static NetworkProxy way(int node) {
        return ways.get(node - 1);
    }

    private List<Integer> others() {
        return cluster.nodeIds().stream().filter(node -> node != old).toList();
    }

    private String othersServers() {
        return others().stream()
                .map(node -> cluster.node(node).bootstrapServers())
                .collect(Collectors.joining(","));
    }
}
