package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.embedded.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the leaders report of open transactions. */
class OpenTransactionsTest {

    private static EmbeddedKafka broker;
    private static TestClients clients;

    private String topic;
    private TopicPartition first;
    private TopicPartition second;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().scramListener("SASL").accessControl().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        topic = clients.topic(2, Map.of());
        first = new TopicPartition(topic, 0);
        second = new TopicPartition(topic, 1);
    }

    @Test
    void theLogReachesBeyondTheStartOfTheNewestOpenTransaction() {
        try (KafkaProducer<byte[], byte[]> older = transactions("older");
                KafkaProducer<byte[], byte[]> newer = transactions("newer")) {
            send(older, first);
            send(newer, first);
            awaitAnswer(Map.of(first, 2L, second, 0L));
            newer.abortTransaction();
            awaitAnswer(Map.of(first, 1L, second, 0L));
            older.commitTransaction();
            awaitAnswer(Map.of(first, 0L, second, 0L));
        }
    }

    /** As a broker before Kafka 2.8 does. */
    @Test
    void aLeaderThatRefusesTheQuestionIsAskedForItsHighWatermark() {
        ScramUser user = ScramUser.named("s3cret-password");
        user.acceptedWith(user.password(), clients.admin());
        user.grantDescribe(topic, clients.admin());
        try (KafkaProducer<byte[], byte[]> producer = transactions("one");
                Admin refused = admin(user)) {
            send(producer, first);
            assertThat(ask(refused)).isEqualTo(Map.of(first, 1L, second, 0L));
        }
    }

    /** The call that ends a transaction returns a moment before the transaction ends. */
    private void awaitAnswer(Map<TopicPartition, Long> expected) {
        await().atMost(SharedBroker.PATIENCE)
                .untilAsserted(() -> assertThat(ask(clients.admin())).isEqualTo(expected));
    }

    private Map<TopicPartition, Long> ask(Admin admin) {
        Topic described = AdminQuestions.describe(clients.admin(), List.of(topic), LookBackProbe.PATIENCE)
                .get(0)
                .join();
        return OpenTransactions.ask(admin, described, LookBackProbe.PATIENCE).join();
    }

    private static Admin admin(ScramUser user) {
        Map<String, Object> settings = new HashMap<>(user.clientSettings());
        settings.put("bootstrap.servers", broker.bootstrapServers("SASL"));
        return Admin.create(settings);
    }

    private KafkaProducer<byte[], byte[]> transactions(String name) {
        KafkaProducer<byte[], byte[]> producer =
                TestClients.producer(broker.bootstrapServers(), Map.of("transactional.id", name + "-" + topic));
        producer.initTransactions();
        producer.beginTransaction();
        return producer;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, TopicPartition to) {
        TestClients.done(producer.send(
                new ProducerRecord<>(to.topic(), to.partition(), new byte[0], TestClients.bytes("value"))));
    }
}
