package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.embedded.EmbeddedKafka;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KafkaPublisherTest {

    private static final String SENDING = "Sending message with value: ";

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void oneMessageIsSentAndPrinted() throws Exception {
        create("one");

        Run run = Run.of(env("one"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches(SENDING + "\\{\"message_id\":\"\\d{1,5}\",\"text\":\"some text\",\"state\":\\d{1,3}}\\n");
        assertThat(sentTo("one")).singleElement().satisfies(sent -> {
            assertThat(SENDING + sent.value() + "\n").isEqualTo(run.out());
            assertThat(sent.key()).isEqualTo("state");
        });
    }

    @Test
    void theCountTheStateAndTheIntervalAreObeyed() throws Exception {
        create("many");

        Run run = Run.of(env("many"), "--count", "3", "--interval", "150ms", "--state", "7");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(3);
        List<ConsumerRecord<String, String>> sent = sentTo("many");
        assertThat(sent).hasSize(3).allSatisfy(each -> assertThat(each.value()).endsWith("\"state\":7}"));
        // a millisecond may be lost to rounding
        assertThat(sent.get(1).timestamp() - sent.get(0).timestamp()).isGreaterThanOrEqualTo(149);
        assertThat(sent.get(2).timestamp() - sent.get(1).timestamp()).isGreaterThanOrEqualTo(149);
    }

    @Test
    void aTopicThatDoesNotExistIsNamedInOneLineAndNothingIsSentOrCreated() throws Exception {
        Run run = Run.of(env("missing"));

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "",
                        "There is no topic 'missing' at " + kafka.bootstrapServers()
                                + ": start the demo's server with the same KAFKA_TOPIC, which creates it"
                                + " (KAFKA_CREATE_TOPIC), or create it yourself.\n"));
        try (Admin admin = Admin.create(settings())) {
            assertThat(admin.listTopics().names().get()).doesNotContain("missing");
        }
    }

    @Test
    void anInvalidTopicNameIsReportedInOneLine() {
        Run run = Run.of(env("a topic"));

        assertThat(run).isEqualTo(new Run(1, "", "KAFKA_TOPIC is 'a topic', which is not a valid topic name.\n"));
    }

    @Test
    @Timeout(10)
    void aBrokerThatIsAwayIsNamedInOneLineWithinTenSeconds() throws Exception {
        // bound, so that nobody else can have the port, but not listening
        try (Socket unused = new Socket()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            assertThat(Run.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + unused.getLocalPort())))
                    .isEqualTo(awayAt(unused.getLocalPort()));
        }
    }

    @Test
    @Timeout(10)
    void aBrokerThatDoesNotAnswerIsReportedAsAway() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Run.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + mute.getLocalPort())))
                    .isEqualTo(awayAt(mute.getLocalPort()));
        }
    }

    @Test
    void aBrokerWithoutAnAddressIsNamedInOneLine() {
        Run run = Run.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "no-such-host.invalid:9092"));

        assertThat(run)
                .isEqualTo(new Run(
                        1,
                        "",
                        "Cannot send to no-such-host.invalid:9092:"
                                + " No resolvable bootstrap urls given in bootstrap.servers\n"));
    }

    @Test
    void aSettingThatIsMalformedIsNamedInOneLine() {
        Map<String, String> env = new HashMap<>(env("one"));
        env.put("KAFKA_SECURITY_PROTOCOL", "MAGIC");

        Run run = Run.of(env);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("security.protocol")
                .doesNotContain("MAGIC");
    }

    private static Run awayAt(int port) {
        return new Run(
                1,
                "",
                "Kafka is away: no answer from 127.0.0.1:" + port
                        + ". Start a broker there (the demo's server brings one), or set KAFKA_BOOTSTRAP_SERVERS.\n");
    }

    private static Map<String, String> env(String topic) {
        return Map.of("KAFKA_TOPIC", topic, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static List<ConsumerRecord<String, String>> sentTo(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
