package io.github.lateststate.kafka;

import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * A broker keeps a session for each consumer that fetches. It is the only broker in this JVM, because this test runs in
 * the phase integration-test. So the metric is its own.
 */
class FetchSessionIT {

    @Test
    void aClosedStateLeavesNoFetchSessionAtTheBroker() throws JMException {
        try (EmbeddedKafka broker = EmbeddedKafka.builder().start();
                TestClients clients = new TestClients(broker.bootstrapServers())) {
            String topic = clients.topic();
            clients.publish(topic, "value");
            try (LatestState<String> state =
                    States.following(topic, broker.bootstrapServers()).open()) {
                States.awaitReady(state);
                await().until(() -> sessions() == 1);
            }
            await().atMost(SharedBroker.PATIENCE).until(() -> sessions() == 0);
        }
    }

    private static int sessions() throws JMException {
        ObjectName name = new ObjectName("kafka.server:type=FetchSessionCache,name=NumIncrementalFetchSessions");
        return (int) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Value");
    }
}
