package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowProbeTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();

    /** The client asks the leader that it knows in vain, and then looks for another one until time is up. */
    @Test
    void aTopicThatIsDeletedDuringTheQuestionIsReportedAsMissing() {
        String name = clients.topic();
        AtomicBoolean delete = new AtomicBoolean();
        try (Admin admin = deleting(name, delete)) {
            Topic topic = AdminQuestions.describe(admin, List.of(name), LookBackProbe.PATIENCE)
                    .get(0)
                    .join();
            FollowProbe probe = new FollowProbe(admin, IsolationLevel.READ_COMMITTED);
            assertThat(probe.ask(List.of(topic)).get(0).join().topic()).isEqualTo(topic);
            delete.set(true);
            assertThat(catchThrowable(probe.ask(List.of(topic)).get(0)::join)).matches(Causes::isTopicMissing);
        }
    }

    /** Some versions of Kafka's admin client ignore the time limit of a question. */
    @Test
    void theLibraryLimitsTheWaitForAnAnswer() {
        Topic topic = new Topic(clients.topic(), Uuid.ZERO_UUID, 1);
        try (NetworkProxy proxy = NetworkProxy.to(port());
                Admin patient = patient(proxy.address())) {
            proxy.holdBack();
            assertThat(new FollowProbe(patient, IsolationLevel.READ_COMMITTED)
                            .ask(List.of(topic))
                            .get(0))
                    .failsWithin(Duration.ofSeconds(8))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    private static int port() {
        String address = broker.bootstrapServers();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static Admin patient(String address) {
        return new ForwardingAdmin(Map.of("bootstrap.servers", address)) {
            @Override
            public DescribeTopicsResult describeTopics(TopicCollection topics, DescribeTopicsOptions options) {
                return super.describeTopics(topics, options.timeoutMs(60_000));
            }

            @Override
            public void close(Duration timeout) {
                super.close(Duration.ZERO);
            }
        };
    }

    /** Deletes the topic before its ends are asked for, when the flag is set. */
    private Admin deleting(String topic, AtomicBoolean delete) {
        return new ForwardingAdmin(Map.of("bootstrap.servers", broker.bootstrapServers())) {
            @Override
            public ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> ends, ListOffsetsOptions options) {
                if (delete.getAndSet(false)) {
                    done(clients.admin().deleteTopics(List.of(topic)).all());
                    await().atMost(SharedBroker.PATIENCE).until(() -> !hasLogOf(topic));
                }
                return super.listOffsets(ends, options);
            }

            @Override
            public void close(Duration timeout) {
                super.close(Duration.ZERO);
            }
        };
    }

    private boolean hasLogOf(String topic) {
        return done(clients.admin().describeLogDirs(List.of(1)).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().keySet().stream())
                .anyMatch(partition -> partition.topic().equals(topic));
    }
}
