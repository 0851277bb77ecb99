package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** States of one JVM that follow with one consumer, on one thread. */
class SharedClientsTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic();
    private final String another = clients.topic();

    @BeforeEach
    void awaitNothingLeftOfEarlierTests() {
        awaitNoThreadLeft();
    }

    @Test
    void twoTopicsAreFollowedByOneThreadWithOneConsumer() throws MalformedObjectNameException {
        try (LatestState<String> one = ready(sharing(topic));
                LatestState<String> other = ready(sharing(another))) {
            assertFollows(one, topic, "1");
            assertFollows(other, another, "2");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threads()).singleElement().isEqualTo(followingThread()));
            assertThat(consumers()).hasSize(1);
            assertFollows(one, topic, "3");
            assertThat(one.group()).isNotEqualTo(other.group());
        }
    }

    @Test
    void twoStatesOfOneTopicBothFollow() {
        try (LatestState<String> one = ready(sharing(topic));
                LatestState<String> other = ready(sharing(topic))) {
            clients.publish(topic, "for both");
            await().atMost(PATIENCE).until(() -> one.get().equals("for both"));
            await().atMost(PATIENCE).until(() -> other.get().equals("for both"));
        }
    }

    @Test
    void otherClientSettingsOrAnotherIsolationNeedAnotherConsumer() throws MalformedObjectNameException {
        try (LatestState<String> one = ready(sharing(topic));
                LatestState<String> patient = ready(sharing(another).setting("request.timeout.ms", "20000"));
                LatestState<String> hasty = ready(sharing(another).setting("isolation.level", "read_uncommitted"))) {
            assertFollows(one, topic, "1");
            clients.publish(another, "2");
            await().atMost(PATIENCE)
                    .until(() -> patient.get().equals("2") && hasty.get().equals("2"));
            assertThat(consumers()).hasSize(3);
        }
    }

    @Test
    void aTopicThatIsDeletedAndCreatedAgainIsFoundWhileTheOtherGoesOn() {
        clients.publish(topic, "old");
        try (LatestState<String> recreated = ready(sharing(topic));
                LatestState<String> other = ready(sharing(another))) {
            assertFollows(other, another, "before");
            done(clients.admin().deleteTopics(List.of(topic)).all());
            await().atMost(PATIENCE).until(() -> recreated.status().phase() == Phase.INTERRUPTED);
            assertThat(recreated.get()).isEqualTo("old");
            assertFollows(other, another, "meanwhile");
            clients.create(topic, 1, Map.of());
            assertFollows(recreated, topic, "new");
            assertFollows(other, another, "after");
            assertThat(other.status().lastError()).isEmpty();
        }
    }

    @Test
    void missingTopicsDelayNoOther() {
        List<LatestState<String>> missing = Stream.generate(TestClients::newName)
                .limit(3)
                .map(name -> sharing(name).open())
                .toList();
        try {
            missing.forEach(state -> await().atMost(PATIENCE)
                    .until(() -> state.status().progress().startsWith("waiting for topic")));
            try (LatestState<String> state = ready(sharing(topic))) {
                assertFollows(state, topic, "followed");
            }
            clients.create(missing.get(0).stream(), 1, Map.of());
            missing.get(0).awaitReady(PATIENCE);
        } finally {
            missing.forEach(LatestState::close);
        }
    }

    @Test
    void aClosedStateDoesNotDisturbTheOthersAndTheLastOneLeavesNothing() {
        LatestState<String> one = ready(sharing(topic));
        LatestState<String> other = ready(sharing(another));
        assertFollows(one, topic, "before");
        States.closeInTime(one);
        assertFollows(other, another, "after");
        States.closeInTime(other);
        awaitNoThreadLeft();
        assertThat(one.get()).isEqualTo("before");
    }

    @Test
    void aTopicIsFollowedAgainAfterItsStateWasClosedWhileAnotherKeptTheConsumer() {
        try (LatestState<String> other = ready(sharing(another))) {
            try (LatestState<String> first = ready(sharing(topic))) {
                assertFollows(first, topic, "1");
            }
            try (LatestState<String> second = ready(sharing(topic))) {
                assertThat(second.get()).isEqualTo("1");
                assertFollows(second, topic, "2");
            }
            assertFollows(other, another, "3");
        }
    }

    private LatestStateBuilder<String> sharing(String followed) {
        return broker.text(followed).setting("state.share.clients", "true");
    }

    private void assertFollows(LatestState<String> state, String followed, String value) {
        clients.publish(followed, value);
        await().atMost(PATIENCE).until(() -> state.value().filter(value::equals).isPresent());
    }

    private static void awaitNoThreadLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("latest-state-kafka-"))
                .toList();
    }

    private static String followingThread() {
        return threads().stream()
                .filter(name -> name.startsWith("latest-state-kafka-shared-"))
                .findFirst()
                .orElse("none");
    }

    private static Iterable<ObjectName> consumers() throws MalformedObjectNameException {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.consumer:type=app-info,id=group-*"), null);
    }
}
