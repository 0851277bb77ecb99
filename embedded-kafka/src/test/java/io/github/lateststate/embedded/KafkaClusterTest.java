package io.github.lateststate.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

final class KafkaClusterTest {

    @Test
    void anotherBrokerTakesOverWhenTheLeaderIsKilled() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start()) {
            Clients clients = Clients.of(cluster.bootstrapServers());
            clients.createTopic("state", 3);
            clients.send("state", "first");
            int leader = partition(clients).leader().id();

            cluster.kill(leader);
            clients.send("state", "second");

            assertThat(partition(clients).leader().id()).isNotEqualTo(leader).isIn(cluster.nodeIds());
            assertThat(clients.values("state")).containsExactly("first", "second");

            cluster.start(leader);
            await().untilAsserted(() -> assertThat(partition(clients).isr()).hasSize(3));
        }
    }

    private static TopicPartitionInfo partition(Clients clients) throws Exception {
        try (Admin admin = clients.admin()) {
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
