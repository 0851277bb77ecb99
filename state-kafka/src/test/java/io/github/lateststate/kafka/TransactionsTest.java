package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionsTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic();
    private final KafkaProducer<byte[], byte[]> transactions = TestClients.producer(
            broker.bootstrapServers(), Map.of("transactional.id", topic, "linger.ms", "5", "batch.size", "100000"));

    @BeforeEach
    void begin() {
        transactions.initTransactions();
        transactions.beginTransaction();
    }

    @AfterEach
    void close() {
        transactions.close();
    }

    @Test
    void theLastRecordIsFoundBeforeACommitMarker() {
        send("committed");
        transactions.commitTransaction();
        awaitThatAllIsReadable();
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.value()).contains("committed");
            assertThat(state.status().newerPending()).isFalse();
        }
    }

    @Test
    void theLastRecordIsFoundBeforeAHundredThousandAbortedOnes() {
        clients.publish(topic, "good");
        for (int i = 0; i < 100_000; i++) {
            send("aborted");
        }
        transactions.flush();
        transactions.abortTransaction();
        awaitThatAllIsReadable();
        assertThat(clients.end(topic, IsolationLevel.READ_COMMITTED)).isGreaterThan(100_000);
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("good");
            clients.publish(topic, "followed");
            await().atMost(PATIENCE).until(() -> state.get().equals("followed"));
        }
    }

    @Test
    void aTopicWithOnlyAbortedRecordsHasNoState() {
        send("aborted");
        transactions.flush();
        transactions.abortTransaction();
        awaitThatAllIsReadable();
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.value()).isEmpty();
        }
    }

    @Test
    void theOlderStateIsServedUntilAnOpenTransactionCommits() {
        clients.publish(topic, "old");
        send("new");
        transactions.flush();
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("old");
            await().atMost(PATIENCE).until(() -> state.status().newerPending());
            transactions.commitTransaction();
            await().atMost(PATIENCE).until(() -> state.get().equals("new"));
            await().atMost(PATIENCE).until(() -> !state.status().newerPending());
        }
    }

    @Test
    void aRecordAboveAnOpenTransactionIsServedWhenTheTransactionAborts() {
        clients.publish(topic, "old");
        send("aborted");
        transactions.flush();
        clients.publish(topic, "ordinary");
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("old");
            transactions.abortTransaction();
            await().atMost(PATIENCE).until(() -> state.get().equals("ordinary"));
        }
    }

    @Test
    void aTransactionThatOpensWhileFollowingIsReportedAsPending() {
        clients.publish(topic, "old");
        try (LatestState<String> state = broker.ready(topic)) {
            send("new");
            transactions.flush();
            await().atMost(PATIENCE).until(() -> state.status().newerPending());
            assertThat(state.get()).isEqualTo("old");
        }
        transactions.abortTransaction();
    }

    @Test
    void readUncommittedSeesAnUncommittedRecord() {
        clients.publish(topic, "old");
        send("uncommitted");
        transactions.flush();
        try (LatestState<String> state = ready(broker.text(topic).setting("isolation.level", "read_uncommitted"))) {
            assertThat(state.get()).isEqualTo("uncommitted");
            assertThat(state.status().newerPending()).isFalse();
        }
        transactions.abortTransaction();
    }

    private void send(String value) {
        var unused = transactions.send(new ProducerRecord<>(topic, TestClients.bytes(value)));
    }

    /** A commit or abort is acknowledged some milliseconds before its marker is in the log. */
    private void awaitThatAllIsReadable() {
        await().atMost(PATIENCE)
                .until(() -> clients.end(topic, IsolationLevel.READ_COMMITTED)
                                == clients.end(topic, IsolationLevel.READ_UNCOMMITTED)
                        && clients.end(topic, IsolationLevel.READ_COMMITTED) > 0);
    }
}
