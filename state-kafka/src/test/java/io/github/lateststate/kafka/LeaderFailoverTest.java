package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaCluster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three brokers, of which the partition's leader is lost. */
class LeaderFailoverTest {

    private static KafkaCluster cluster;
    private static TestClients clients;

    @BeforeAll
    static void startCluster() {
        cluster = KafkaCluster.start();
        clients = new TestClients(cluster.bootstrapServers());
    }

    @AfterAll
    static void stopCluster() {
        clients.close();
        cluster.close();
    }

    @Test
    void theNextLeaderIsFollowed() {
        String topic = clients.topic();
        clients.publish(topic, "before");
        try (LatestState<String> state =
                States.following(topic, cluster.bootstrapServers()).open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("before");

            cluster.kill(leader(topic));
            assertThat(state.get()).isEqualTo("before");
            clients.publish(topic, "after"); // returns when the next leader has it
            States.withinThePromiseForOutages()
                    .failFast("value lost", () -> state.value().isEmpty())
                    .until(() -> state.get().equals("after"));
            States.awaitPhase(state, Phase.LIVE);
        }
    }

    @Test
    void aStateThatIsOpenedWithOneBrokerMissingFindsItsRecord() {
        String topic = clients.topic();
        clients.publish(topic, "before");
        cluster.kill(leader(topic));
        clients.publish(topic, "after");
        try (LatestState<String> state =
                States.following(topic, cluster.bootstrapServers()).open()) {
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("after");
        }
    }

    @Test
    void aTopicWithoutALeaderDoesNotDelayAnother() {
        List<Integer> nodes = List.copyOf(cluster.nodeIds());
        List<Topic> topics = List.of(topicOn(nodes.get(0)), topicOn(nodes.get(1)));
        FollowProbe probe = new FollowProbe(clients.admin(), IsolationLevel.READ_COMMITTED);
        cluster.kill(nodes.get(0));

        // the broker that is asked may not know a topic yet that was created just now
        List<CompletableFuture<TopicBounds>> answers =
                await().atMost(SharedBroker.PATIENCE).until(() -> probe.ask(topics), asked -> !isMissing(asked.get(1)));
        assertThat(answers.get(1))
                .succeedsWithin(SharedBroker.PATIENCE)
                .returns(topics.get(1).name(), bounds -> bounds.topic().name());
        assertThat(answers.get(0)).failsWithin(SharedBroker.PATIENCE);
    }

    private static boolean isMissing(CompletableFuture<TopicBounds> answer) {
        return answer.handle((bounds, thrown) -> thrown != null && Causes.isTopicMissing(thrown))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** A topic whose only replica is at one broker. */
    private static Topic topicOn(int node) {
        String name = TestClients.newName();
        TestClients.done(clients.admin()
                .createTopics(List.of(new NewTopic(name, Map.of(0, List.of(node)))))
                .all());
        return new Topic(name, Uuid.ZERO_UUID, 1);
    }

    @AfterEach
    void returnOfTheLostBroker() {
        cluster.nodeIds().forEach(cluster::start);
    }

    private static int leader(String topic) {
        return TestClients.done(clients.admin().describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next()
                .partitions()
                .get(0)
                .leader()
                .id();
    }
}
