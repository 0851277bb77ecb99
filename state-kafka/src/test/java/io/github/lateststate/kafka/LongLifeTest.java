package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a state goes through in its life, one after the other. Every version of the client must pass it. */
@Tag("every-client")
class LongLifeTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aStateSurvivesMarkersAnOutageAndTopicsThatAreCreatedAgain(String sharing) {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "first");
        LatestState<String> state = open(topic, sharing);
        try (KafkaProducer<byte[], byte[]> transactions = transactions(topic)) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("first");
            broker.clients().publish(topic, "followed");
            States.awaitValue(state, "followed");

            begin(transactions, topic, "committed");
            transactions.commitTransaction();
            States.awaitValue(state, "committed");
            begin(transactions, topic, "aborted");
            transactions.abortTransaction();
            begin(transactions, topic, "open");
            assertFoundAtStart(topic, sharing, "committed");
            assertThat(state.get()).isEqualTo("committed");

            broker.kafka().kill();
            States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(state.get()).isEqualTo("committed");
            broker.kafka().start();
            States.awaitPhase(state, Phase.LIVE);
            transactions.commitTransaction(); // by a leader with another epoch than the record's
            States.awaitValue(state, "open");
            assertFollowedAfterOneLookBack(topic, sharing, "open");

            for (String value : List.of("created again", "and once more")) {
                TestClients.done(
                        broker.clients().admin().deleteTopics(List.of(topic)).all());
                broker.clients().create(topic, 1, Map.of());
                broker.clients().publish(topic, value);
                States.awaitValue(state, value);
            }
            States.awaitPhase(state, Phase.LIVE);
        } finally {
            States.close(state);
        }
    }

    /** A state that starts now finds the value too, whatever lies at the tail. */
    private static void assertFoundAtStart(String topic, String sharing, String value) {
        try (LatestState<String> another = open(topic, sharing)) {
            States.awaitReady(another);
            assertThat(another.get()).isEqualTo(value);
            States.awaitPhase(another, Phase.LIVE);
        }
    }

    /** A marker of another epoch than its record's is not taken for a truncated log. */
    private static void assertFollowedAfterOneLookBack(String topic, String sharing, String value) {
        try (LatestState<String> another = builder(topic, sharing)
                .setting("interceptor.classes", CountingInterceptor.class.getName())
                .open()) {
            States.awaitReady(another);
            assertThat(another.get()).isEqualTo(value);
            broker.clients().publish(topic, "next");
            States.awaitValue(another, "next");
            assertThat(CountingInterceptor.consumersOf(another.group())).isOne(); // it looked back once
        }
    }

    private static LatestState<String> open(String topic, String sharing) {
        return builder(topic, sharing).open();
    }

    private static LatestStateBuilder<String> builder(String topic, String sharing) {
        return States.following(topic, broker.bootstrapServers()).setting("state.share.clients", sharing);
    }

    /** A producer whose transactions outlast an outage. */
    private static KafkaProducer<byte[], byte[]> transactions(String topic) {
        KafkaProducer<byte[], byte[]> transactions = TestClients.producer(
                broker.bootstrapServers(), Map.of("transactional.id", topic, "transaction.timeout.ms", "600000"));
        transactions.initTransactions();
        return transactions;
    }

    private static void begin(KafkaProducer<byte[], byte[]> transactions, String topic, String value) {
        transactions.beginTransaction();
        TestClients.done(transactions.send(new ProducerRecord<>(topic, TestClients.bytes(value))));
    }
}
