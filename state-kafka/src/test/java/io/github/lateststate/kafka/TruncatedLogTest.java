package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that was truncated, for example by an unclean election or a restored disk. */
class TruncatedLogTest {

    private static EmbeddedKafka broker;

    private TestClients clients;
    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        clients = new TestClients(broker.bootstrapServers());
        topic = clients.topic();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void theStateIsTheLastRecordOfTheShorterLogAndNewOnesAreFollowed() {
        publish("a", "b", "c", "d", "e");
        try (LatestState<String> state = following()) {
            publish("f");
            await().atMost(PATIENCE).until(() -> state.get().equals("f"));
            broker.stop();
            cutBackTo(3);
            broker.start();
            await().atMost(PATIENCE).until(() -> state.get().equals("c"));
            assertThat(clients.end(topic, IsolationLevel.READ_COMMITTED)).isEqualTo(3);
            publish("g");
            await().atMost(PATIENCE).until(() -> state.get().equals("g"));
        }
    }

    @Test
    void anotherStateOnTheSameConsumerIsNotDisturbed() {
        String another = clients.topic();
        clients.publish(another, "1");
        publish("a", "b", "c", "d", "e");
        try (LatestState<String> state = SharedBroker.ready(sharing(topic));
                LatestState<String> other = SharedBroker.ready(sharing(another))) {
            publish("f");
            await().atMost(PATIENCE).until(() -> state.get().equals("f"));
            broker.stop();
            cutBackTo(3);
            broker.start();
            await().atMost(PATIENCE).until(() -> state.get().equals("c"));
            clients.publish(another, "2");
            await().atMost(PATIENCE).until(() -> other.get().equals("2"));
            assertThat(CountingInterceptor.consumersOf(other.group())).isEqualTo(1); // its look-back ran once
        }
    }

    @Test
    void aRecordWrittenInPlaceOfALostOneIsTheState() {
        publish("a", "b", "c", "d", "e");
        try (LatestState<String> state = following()) {
            publish("f");
            await().atMost(PATIENCE).until(() -> state.get().equals("f"));
            broker.stop();
            cutBackTo(3);
            publishUnseen("x", "y", "z");
            broker.start();
            await().atMost(PATIENCE).until(() -> state.get().equals("z"));
        }
    }

    @Test
    void aRecordWrittenInPlaceOfALostOneIsTheStateEvenIfNothingWasReadSinceTheLookBack() {
        publish("a", "b", "c");
        try (LatestState<String> state = following()) {
            broker.stop();
            cutBackTo(2);
            publishUnseen("x");
            broker.start();
            await().atMost(PATIENCE).until(() -> state.get().equals("x"));
        }
    }

    @Test
    void aLookBackThroughRecordsOfTwoLeadersDoesNotCountAsATruncation() {
        publish("good");
        broker.restart();
        publish("", "");
        assertThatNothingIsLookedBackForAgainAfter("good");
    }

    @Test
    void aMarkerByAnotherLeaderThanItsRecordDoesNotCountAsATruncation() {
        try (KafkaProducer<byte[], byte[]> transactions =
                TestClients.producer(broker.bootstrapServers(), Map.of("transactional.id", topic))) {
            transactions.initTransactions();
            transactions.beginTransaction();
            TestClients.done(transactions.send(new ProducerRecord<>(topic, TestClients.bytes("good"))));
            broker.restart();
            transactions.commitTransaction();
        }
        await().atMost(PATIENCE).until(() -> clients.end(topic, IsolationLevel.READ_COMMITTED) == 2);
        assertThatNothingIsLookedBackForAgainAfter("good");
    }

    private void assertThatNothingIsLookedBackForAgainAfter(String expected) {
        try (LatestState<String> state = SharedBroker.ready(
                settings((payload, origin) -> payload.length == 0 ? null : SharedBroker.TEXT.decode(payload, origin))
                        .setting("max.poll.records", "1")
                        .setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            assertThat(state.get()).isEqualTo(expected);
            publish("next");
            await().atMost(PATIENCE).until(() -> state.get().equals("next"));
            assertThat(CountingInterceptor.consumersOf(state.group())).isOne(); // it looked back once, and follows
        }
    }

    @Test
    void theValueStaysWhileNothingIsLeft() {
        publish("a", "b");
        try (LatestState<String> state = following()) {
            broker.stop();
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.INTERRUPTED);
            cutBackTo(0);
            broker.start();
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.LIVE);
            assertThat(state.get()).isEqualTo("b");
            publish("g");
            await().atMost(PATIENCE).until(() -> state.get().equals("g"));
        }
    }

    private LatestStateBuilder<String> sharing(String followed) {
        return States.following(followed, broker.bootstrapServers())
                .setting("state.share.clients", "true")
                .setting("interceptor.classes", CountingInterceptor.class.getName());
    }

    private LatestState<String> following() {
        return SharedBroker.ready(settings(SharedBroker.TEXT));
    }

    private LatestStateBuilder<String> settings(Decoder<String> decoder) {
        return LatestState.builder(decoder).subscriber("kafka").stream(topic)
                .setting("bootstrap.servers", broker.bootstrapServers());
    }

    private void publish(String... values) {
        Stream.of(values).forEach(value -> clients.publish(topic, value)); // one batch each
    }

    /** Writes to the log through a broker that the subscriber does not know. */
    private void publishUnseen(String... values) {
        try (EmbeddedKafka other =
                        EmbeddedKafka.builder().directory(broker.directory()).start();
                TestClients otherClients = new TestClients(other.bootstrapServers())) {
            Stream.of(values).forEach(value -> otherClients.publish(topic, value));
        }
    }

    /** Leaves only the batches before an offset, and removes every other file that would know of more. */
    private void cutBackTo(long offset) {
        Path data = broker.directory().resolve("data");
        try (Stream<Path> files = Files.list(data.resolve(topic + "-0"));
                FileChannel log = FileChannel.open(
                        data.resolve(topic + "-0").resolve("00000000000000000000.log"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            log.truncate(beginOfBatch(log, offset));
            for (Path file : files.toList()) {
                if (file.toString().matches(".*(index|snapshot)")) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(data.resolve(".kafka_cleanshutdown"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A batch begins with its first offset and the length of the rest. */
    private static long beginOfBatch(FileChannel log, long offset) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        long position = 0;
        while (log.read(head.clear(), position) == head.capacity() && head.getLong(0) < offset) {
            position += head.capacity() + head.getInt(Long.BYTES);
        }
        return position;
    }
}
