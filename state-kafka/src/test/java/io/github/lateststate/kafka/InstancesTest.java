package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.util.Collection;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of a service follow one topic. */
class InstancesTest {

    private static EmbeddedKafka broker;
    private static TestClients clients;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @Test
    void bothInstancesGetEachUpdateAndLeaveNoGroupAtTheBroker() {
        String topic = clients.topic();
        try (LatestState<String> one = open(topic);
                LatestState<String> other = open(topic)) {
            clients.publish(topic, "first");
            States.awaitValue(one, "first");
            States.awaitValue(other, "first");
            clients.publish(topic, "second");
            States.awaitValue(one, "second");
            States.awaitValue(other, "second");
            assertThat(groups()).isEmpty();
        }
        assertThat(groups()).isEmpty();
    }

    @Test
    void theGroupsOfTwoInstancesShareThePrefixAndDiffer() {
        String topic = clients.topic();
        try (LatestState<String> one = open(topic);
                LatestState<String> other = open(topic)) {
            assertThat(one.group()).startsWith("pricing-").isNotEqualTo(other.group());
            assertThat(other.group()).startsWith("pricing-");
        }
    }

    private static LatestState<String> open(String topic) {
        return States.following(topic, broker.bootstrapServers())
                .setting("state.group.prefix", "pricing")
                .open();
    }

    private static Collection<GroupListing> groups() {
        return TestClients.done(clients.admin().listGroups().all());
    }
}
