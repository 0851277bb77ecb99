package io.github.lateststate.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "needs addresses that begin with 127 beside 127.0.0.1")
final class IsolatedBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void anIsolatedLeaderStillClaimsToLeadAfterTheOthersChooseAnother() throws Exception {
        List<NetworkProxy> ways = Stream.generate(NetworkProxy::start).limit(3).toList();
        try (KafkaCluster cluster = KafkaCluster.startIsolable(ways)) {
            Clients clients = Clients.of(cluster.bootstrapServers());
            clients.createTopic("state", 3);
            clients.send("state", "first");
            int old = leader(cluster.bootstrapServers());
            List<Integer> others =
                    cluster.nodeIds().stream().filter(id -> id != old).toList();

            cluster.isolate(old);
            await().atMost(PATIENCE)
                    .until(() ->
                            others.contains(leader(cluster.node(others.get(0)).bootstrapServers())));
            Clients.of(cluster.node(others.get(0)).bootstrapServers()).send("state", "second");
            assertThat(viewOf(old, ways)).isEqualTo(old);

            cluster.rejoin(old);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    partition(cluster.bootstrapServers()).isr())
                            .hasSize(3));
            // the broker that has come back may still claim to lead when it is asked first
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(clients.values("state")).containsExactly("first", "second"));
        } finally {
            ways.forEach(NetworkProxy::close);
        }
    }

    @Test
    void theBrokersOfAnotherClusterCannotBeIsolated() {
        try (KafkaCluster cluster = KafkaCluster.start()) {
            assertThatThrownBy(() -> cluster.isolate(1)).hasMessageContaining("startIsolable");
        }
    }

    /** Without a way to the others, only the isolated broker can answer. */
    private static int viewOf(int old, List<NetworkProxy> ways) throws Exception {
        NetworkProxy way = ways.get(old - 1);
        ways.stream().filter(other -> other != way).forEach(NetworkProxy::cut);
        return leader(way.address());
    }

    private static int leader(String bootstrapServers) throws Exception {
        Node leader = partition(bootstrapServers).leader();
        return leader == null ? -1 : leader.id();
    }

    private static TopicPartitionInfo partition(String bootstrapServers) throws Exception {
        try (Admin admin = Clients.of(bootstrapServers).admin()) {
            return admin.describeTopics(List.of("state"))
                    .allTopicNames()
                    .get(30, SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .get(0);
        }
    }
}
