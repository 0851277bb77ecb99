package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.CompressionRatioEstimator;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many large records, in batches that are small as long as they are compressed, and a JVM that has no room for all of them. */
class MemoryTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final String topic = broker.clients().topic(1, Map.of("max.message.bytes", "20000000"));

    @ParameterizedTest
    @CsvSource({
        "600, 1000000, zstd, -Xmx160m",
        "200, 1000000, gzip, -Xmx160m",
        "200, 1000000, snappy, -Xmx160m",
        "200, 1000000, none, -Xmx160m",
        "1000, 100000, lz4, -Xmx160m"
    })
    void beforeManyLargeBadRecordsTheLastGoodOneIsFound(int records, int size, String codec, String heap) {
        broker.clients().publish(topic, "good");
        publish(codec, records, new byte[size], 0);
        assertFound(records, heap);
    }

    @Test
    void headersAreCountedToo() {
        broker.clients().publish(topic, "good");
        publish("zstd", 300, new byte[1], 900_000);
        assertFound(300, "-Xmx160m");
    }

    @Test
    void manyLargeGoodRecordsAreFollowedToTheLast() {
        broker.clients().publish(topic, "good 0");
        try (SmallJvm.Child child = SmallJvm.start(broker.bootstrapServers(), topic, "good 600", "-Xmx256m")) {
            child.awaitReady();
            publish("zstd", 599, padded("good"), 0);
            publish("zstd", 1, padded("good 600"), 0);
            assertThat(child.line()).isEqualTo("state good 600");
        }
    }

    private void assertFound(int distance, String heap) {
        try (SmallJvm.Child child = SmallJvm.start(broker.bootstrapServers(), topic, "good", heap)) {
            child.awaitReady();
            assertThat(child.line()).isEqualTo("state good");
            assertThat(child.line()).isEqualTo("LIVE");
            assertThat(Long.parseLong(child.line().replace("read ", ""))).isLessThanOrEqualTo(4L * distance);
        }
    }

    private static byte[] padded(String text) {
        byte[] start = TestClients.bytes(text.concat(" ".repeat(20)));
        return Arrays.copyOf(start, 1_000_000);
    }

    private void publish(String codec, int records, byte[] value, int headerBytes) {
        Map<String, Object> settings = Map.of(
                "linger.ms",
                "60000",
                "batch.size",
                codec.equals("none") ? "1500000" : "20000000",
                "buffer.memory",
                "100000000",
                "compression.type",
                codec);
        if (!codec.equals("none")) { // or the first batches would be estimated to be full after some records
            CompressionRatioEstimator.setEstimation(topic, CompressionType.forName(codec), 0.0001f);
        }
        try (KafkaProducer<byte[], byte[]> producer = TestClients.producer(broker.bootstrapServers(), settings)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("h", new byte[headerBytes]);
            TestClients.sendAtOnce(
                    producer,
                    Stream.generate(() -> new ProducerRecord<byte[], byte[]>(topic, 0, null, null, value, headers))
                            .limit(records));
        }
    }
}
