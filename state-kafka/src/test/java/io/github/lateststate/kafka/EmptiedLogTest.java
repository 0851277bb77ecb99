package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.Origin;
import io.github.lateststate.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmptiedLogTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();

    @Test
    void aTopicThatWasNeverWrittenIsReadyWithoutState() {
        String topic = clients.topic();
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
            assertThat(state.value()).isEmpty();
            assertThatExceptionOfType(NoStateException.class)
                    .isThrownBy(state::get)
                    .withMessageContaining("'" + topic + "' holds no record");
            clients.publish(topic, "first");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
        }
    }

    @Test
    void aTopicWhoseRecordsWereDeletedIsReadyWithoutState() {
        String topic = clients.topic();
        clients.publishAll(topic, Stream.of("a", "b", "c"));
        deleteRecords(topic, 3);
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.value()).isEmpty();
            clients.publish(topic, "followed");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
        }
    }

    @Test
    void aTopicWhoseRecordsExpiredIsReadyWithoutState() {
        String topic = clients.topic(1, Map.of("retention.ms", "1"));
        clients.publishAll(topic, Stream.of("a", "b", "c"));
        await().atMost(PATIENCE).until(() -> clients.begin(topic) == 3);
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.value()).isEmpty();
        }
    }

    @Test
    void aSingleRecordThatIsLeftIsTheState() {
        String topic = clients.topic();
        clients.publishAll(topic, Stream.of("a", "b", "c"));
        deleteRecords(topic, 2);
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("c");
        }
    }

    @Test
    void aLookBackReadsOnlyWhatIsLeftOfALogThatBeginsLate() {
        String topic = clients.topic();
        clients.publishAll(
                topic,
                Stream.concat(Stream.of("gone"), Stream.generate(() -> "").limit(99)));
        deleteRecords(topic, 90);
        try (LatestState<String> state = ready(broker.state(topic, EmptiedLogTest::notEmpty))) {
            assertThat(state.value()).isEmpty();
            assertThat(state.status().rejected()).isEqualTo(10);
        }
    }

    @Test
    void aStateKeepsItsValueWhenItsRecordIsDeleted() {
        String topic = clients.topic();
        clients.publishAll(topic, Stream.of("a", "b", "c"));
        try (LatestState<String> state = broker.ready(topic)) {
            deleteRecords(topic, clients.end(topic, IsolationLevel.READ_COMMITTED));
            clients.publish(topic, "d");
            await().atMost(PATIENCE).until(() -> state.get().equals("d"));
            deleteRecords(topic, 4);
            awaitContact(state);
            assertThat(state.get()).isEqualTo("d");
        }
    }

    private static String notEmpty(byte[] payload, Origin origin) {
        if (payload.length == 0) {
            throw new IllegalArgumentException("empty");
        }
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static void awaitContact(LatestState<?> state) {
        Instant now = Instant.now();
        await().atMost(PATIENCE)
                .until(() -> state.status().lastContact().orElseThrow().isAfter(now));
    }

    private void deleteRecords(String topic, long before) {
        done(clients.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                .all());
    }
}
