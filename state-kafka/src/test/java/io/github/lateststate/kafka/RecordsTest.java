package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static io.github.lateststate.kafka.TestClients.bytes;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordsTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic();

    @Test
    void theLastRecordIsTheState() {
        clients.publish(topic, "first");
        clients.publish(topic, "last");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("last");
        }
    }

    @Test
    void theOriginHoldsPartitionPositionKeyHeadersAndTimestamp() {
        Instant made = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        Header version = new RecordHeader("version", bytes("7"));
        Header later = new RecordHeader("version", bytes("8"));
        Header hollow = new RecordHeader("hollow", (byte[]) null);
        clients.publish(topic, "before");
        done(clients.producer()
                .send(new ProducerRecord<>(
                        topic, 0, made.toEpochMilli(), bytes("key"), bytes("value"), List.of(version, hollow, later))));
        try (LatestState<String> state = broker.ready(topic)) {
            Origin origin = state.current().origin().orElseThrow();
            assertThat(origin.partition()).isEqualTo("0");
            assertThat(origin.position()).isEqualTo("1");
            assertThat(origin.timestamp()).contains(made);
            assertThat(origin.key().orElseThrow()).isEqualTo(bytes("key"));
            assertThat(origin.headers()).containsOnlyKeys("version", "hollow");
            assertThat(origin.headers().get("version")).containsExactly(bytes("7"), bytes("8"));
            assertThat(origin.header("version")).contains(bytes("8"));
            assertThat(origin.header("hollow")).contains(new byte[0]);
        }
    }

    @Test
    void theOriginOfARecordWithoutAKeyHasNone() {
        clients.publish(topic, "value");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.current().origin().orElseThrow().key()).isEmpty();
        }
    }

    @Test
    void aTombstoneAtTheEndMeansNoState() {
        clients.publish(topic, "value");
        clients.publish(topic, null);
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.value()).isEmpty();
            assertThatExceptionOfType(NoStateException.class)
                    .isThrownBy(state::get)
                    .withMessageContaining("tombstone")
                    .withMessageContaining("position 1");
        }
    }

    @Test
    void aTombstoneWhileFollowingBringsTheInitialValueBack() {
        clients.publish(topic, "value");
        try (LatestState<String> state = ready(broker.text(topic).initial("initial"))) {
            assertThat(state.get()).isEqualTo("value");
            clients.publish(topic, null);
            await().atMost(PATIENCE).until(() -> state.get().equals("initial"));
            clients.publish(topic, "another");
            await().atMost(PATIENCE).until(() -> state.get().equals("another"));
        }
    }

    @Test
    void aRecordOfFiveMegabytesIsReadInTheLookBackAndWhileFollowing() {
        String large = clients.topic(1, Map.of("max.message.bytes", "6000000"));
        clients.publish(large, "a".repeat(5_000_000));
        try (LatestState<String> state = broker.ready(large)) {
            assertThat(state.get()).hasSize(5_000_000).startsWith("a");
            clients.publish(large, "b".repeat(5_000_001));
            await().atMost(PATIENCE).until(() -> state.get().length() == 5_000_001);
        }
    }
}
