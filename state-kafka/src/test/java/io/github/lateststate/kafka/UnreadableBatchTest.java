package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.Rejection;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches whose checksum is wrong, on a real broker. Each record is a batch of its own, unless a test says otherwise.
 */
class UnreadableBatchTest {

    private static final Decoder<String> NOT_BAD = (payload, origin) -> {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.startsWith("bad")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    };

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    /** An X is a batch that cannot be read. */
    @ParameterizedTest
    @CsvSource({
        "v0 X v2, v2, 0",
        "v0 v1 X, v1, 1",
        "v0 X X X, v0, 3",
        "good X bad bad bad, good, 4",
        "good bad X X bad X bad bad bad bad bad bad bad, good, 12",
        "X bad X good X, good, 1",
        "X good bad X, good, 2",
        "X v1, v1, 0"
    })
    void anUnreadableBatchIsOneRejectionAndHidesNothing(String records, String state, int rejected) {
        String topic = damaged(records.split(" "));
        try (LatestState<String> found = ready(following(topic))) {
            assertThat(found.get()).isEqualTo(state);
            assertThat(found.status().phase()).isEqualTo(Phase.LIVE);
            assertThat(found.status().rejected()).isEqualTo(rejected);
        }
    }

    /** Some seconds after the start, the last readable record is read again. */
    @Test
    void aBatchIsNotReadAgainWhenTheTopicIsVerified() {
        String topic = damaged("v0", "v1", "X");
        try (LatestState<String> state =
                ready(following(topic).setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            long consumers = CountingInterceptor.consumersOf(state.group());
            for (int contacts = 0; contacts < 2; contacts++) {
                Optional<Instant> before = state.status().lastContact();
                await().atMost(PATIENCE)
                        .until(() -> !state.status().lastContact().equals(before));
            }
            assertThat(CountingInterceptor.consumersOf(state.group())).isEqualTo(consumers);
            assertThat(state.status().rejected()).isOne();
            assertThat(state.get()).isEqualTo("v1");
        }
    }

    @Test
    void theRejectionNamesPartitionOffsetAndCause() {
        String topic = damaged("v0", "v1", "X");
        try (LatestState<String> state = ready(following(topic))) {
            Rejection rejection = state.status().lastRejection().orElseThrow();
            assertThat(rejection.origin().partition()).isEqualTo("0");
            assertThat(rejection.origin().position()).isEqualTo("2");
            assertThat(rejection).asString().contains("The batch at offset 2 of partition 0", "checksum is wrong");
        }
    }

    @Test
    void aLogWithOnlyUnreadableBatchesHasNoStateAndIsFollowed() {
        String topic = damaged("X", "X");
        try (LatestState<String> state = ready(following(topic));
                TestClients clients = clients()) {
            assertThat(state.value()).isEmpty();
            assertThat(state.status().rejected()).isEqualTo(2);
            clients.publish(topic, "good");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void aBatchOfManyRecordsIsSkippedExactlyInWhateverWindowItBegins(String codec) {
        String topic;
        try (TestClients clients = clients()) {
            topic = clients.topic();
            clients.publish(topic, "good");
        }
        publishOneBatch(topic, codec, 1_000);
        publishOneBatch(topic, codec, 700);
        try (TestClients clients = clients()) {
            Stream.of("bad after", "bad last").forEach(value -> clients.publish(topic, value));
        }
        DamagedLog.damage(kafka, topic, 1, 1_001);
        try (LatestState<String> state = ready(following(topic))) {
            assertThat(state.get()).isEqualTo("good");
            assertThat(state.status().rejected()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordsAfterAnUnreadableBatchAreFollowedAndNoNeighbourIsDisturbed(boolean shared) {
        String damaged;
        String neighbour;
        try (TestClients clients = clients()) {
            damaged = clients.topic();
            neighbour = clients.topic();
            clients.publish(damaged, "g0");
            clients.publish(neighbour, "n0");
        }
        LatestStateBuilder<String> one = following(damaged).setting("state.share.clients", Boolean.toString(shared));
        LatestStateBuilder<String> other =
                following(neighbour).setting("state.share.clients", Boolean.toString(shared));
        try (LatestState<String> state = ready(one);
                LatestState<String> undisturbed = ready(other)) {
            DamagedLog.appendUnreadable(kafka, damaged);
            await().atMost(PATIENCE).until(() -> state.status().rejected() == 1);
            assertThat(state.get()).isEqualTo("g0");
            try (TestClients clients = clients()) {
                clients.publish(damaged, "g2");
                clients.publish(neighbour, "n1");
            }
            await().atMost(PATIENCE).until(() -> state.get().equals("g2"));
            await().atMost(PATIENCE).until(() -> undisturbed.get().equals("n1"));
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.LIVE);
            assertThat(undisturbed.status().rejected()).isZero();
            assertThat(undisturbed.status().reconnects()).isZero();
        }
    }

    @Test
    void aPartitionWithAnUnreadableBatchIsReadLikeTheOthers() {
        String topic;
        try (TestClients clients = clients()) {
            topic = clients.topic(2, Map.of());
            clients.publish(topic, 0, 5L, "v0");
            clients.publish(topic, 0, 6L, "X");
            clients.publish(topic, 1, 4L, "other");
        }
        DamagedLog.damage(kafka, topic, 1);
        try (LatestState<String> state = ready(following(topic))) {
            assertThat(state.get()).isEqualTo("v0");
            assertThat(state.status().rejected()).isEqualTo(1);
        }
    }

    /** Offsets 1 and 3 are commit markers. */
    @ParameterizedTest
    @CsvSource({"2, false, v0, 1", "2, true, v0, 1", "3, false, v1, 1", "0, false, v1, 0"})
    void aDamagedTransactionOrItsMarkerHidesNothing(long damaged, boolean miscoded, String state, int rejected) {
        String topic;
        try (TestClients clients = clients()) {
            topic = clients.topic();
        }
        try (KafkaProducer<byte[], byte[]> transactions =
                TestClients.producer(kafka.bootstrapServers(), Map.of("transactional.id", topic))) {
            transactions.initTransactions();
            for (String value : List.of("v0", "v1")) {
                transactions.beginTransaction();
                var unused = transactions.send(new ProducerRecord<>(topic, 0, null, TestClients.bytes(value)));
                transactions.commitTransaction();
            }
        }
        if (miscoded) {
            DamagedLog.miscode(kafka, topic, damaged);
        } else {
            DamagedLog.damage(kafka, topic, damaged);
        }
        try (LatestState<String> found = ready(following(topic))) {
            assertThat(found.get()).isEqualTo(state);
            assertThat(found.status().rejected()).isEqualTo(rejected);
            assertThat(found.status().phase()).isEqualTo(Phase.LIVE);
        }
    }

    private static LatestStateBuilder<String> following(String topic) {
        return LatestState.builder(NOT_BAD).subscriber("kafka").stream(topic)
                .setting("bootstrap.servers", kafka.bootstrapServers());
    }

    private static TestClients clients() {
        return new TestClients(kafka.bootstrapServers());
    }

    private static String damaged(String... records) {
        String topic;
        try (TestClients clients = clients()) {
            topic = clients.topic();
            for (String record : records) {
                clients.publish(topic, record);
            }
        }
        DamagedLog.damage(
                kafka,
                topic,
                LongStream.range(0, records.length)
                        .filter(offset -> records[Math.toIntExact(offset)].equals("X"))
                        .toArray());
        return topic;
    }

    private static void publishOneBatch(String topic, String codec, int records) {
        try (KafkaProducer<byte[], byte[]> producer = TestClients.producer(
                kafka.bootstrapServers(),
                Map.of("linger.ms", "60000", "batch.size", "1000000", "compression.type", codec))) {
            TestClients.sendAtOnce(
                    producer,
                    Stream.generate(() -> new ProducerRecord<byte[], byte[]>(
                                    topic, 0, null, TestClients.bytes("good, but damaged")))
                            .limit(records));
        }
    }
}
