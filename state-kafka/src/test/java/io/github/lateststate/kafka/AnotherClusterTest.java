package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaProcess;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A wrong DNS entry or a failover: another cluster answers instead of the followed one. */
class AnotherClusterTest {

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void anotherClusterCountsAsARecreatedTopicAndIsNamedOnceInLogAndStatus(String sharing) {
        Logger ours = (Logger) LoggerFactory.getLogger("io.github.lateststate");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Level levelBefore = ours.getLevel();
        logged.start();
        ours.setLevel(Level.WARN);
        ours.addAppender(logged);
        String topic = TestClients.newName();
        try (KafkaProcess first = KafkaProcess.builder().start();
                LatestState<String> state = States.following(topic, first.bootstrapServers())
                        .setting("state.share.clients", sharing)
                        .open()) {
            String before = fill(first, topic, "of the first");
            States.awaitValue(state, "of the first");
            States.awaitPhase(state, Phase.LIVE);
            first.stop();
            States.awaitPhase(state, Phase.INTERRUPTED);
            int port = URI.create("kafka://" + first.bootstrapServers()).getPort();
            try (KafkaProcess second = KafkaProcess.builder().port(port).start()) {
                String after = fill(second, topic, "of the second");
                States.awaitValue(state, "of the second");
                States.awaitPhase(state, Phase.LIVE);
                assertThat(States.trouble(state.status()))
                        .contains("Cluster " + after + " answers instead of cluster " + before);
                assertThat(List.copyOf(logged.list))
                        .filteredOn(event -> event.getLevel() == Level.WARN)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .filteredOn(line -> line.contains(before) || line.contains(after))
                        .singleElement()
                        .asString()
                        .contains(before, after);
            }
        } finally {
            ours.detachAppender(logged);
            ours.setLevel(levelBefore);
        }
    }

    private static String fill(KafkaProcess broker, String topic, String value) {
        try (TestClients clients = new TestClients(broker.bootstrapServers())) {
            clients.create(topic, 1, Map.of());
            clients.publish(topic, value);
            return TestClients.done(clients.admin().describeCluster().clusterId());
        }
    }
}
