package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Many large records, in batches that are small while compressed, and a JVM without room for all of them. */
class MemoryTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    /** Snappy compresses 600 MB of zeros to 28 MB. */
    private static final String LARGEST_BATCH = "50000000";

    private final String topic = broker.clients().topic(1, Map.of("max.message.bytes", LARGEST_BATCH));

    @ParameterizedTest
    @CsvSource({
        "600, 1000000, gzip, -Xmx160m",
        "600, 1000000, snappy, -Xmx160m",
        "600, 1000000, lz4, -Xmx160m",
        "600, 1000000, zstd, -Xmx160m",
        "600, 1000000, none, -Xmx160m",
        "1000, 100000, lz4, -Xmx160m"
    })
    void theLastGoodRecordBeforeManyLargeBadOnesIsFound(int records, int size, String codec, String heap) {
        broker.clients().publish(topic, "good");
        publish(codec, records, new byte[size], 0);
        assertFound(records, heap);
    }

    @Test
    void headersCountTowardsTheMemoryBound() {
        broker.clients().publish(topic, "good");
        publish("zstd", 300, new byte[1], 900_000);
        assertFound(300, "-Xmx160m");
    }

    @Test
    void manyLargeGoodRecordsAreFollowedToTheLast() {
        broker.clients().publish(topic, "good 0");
        try (SmallJvm.Child child = SmallJvm.start(broker.bootstrapServers(), topic, "good 600", "-Xmx256m")) {
            child.awaitReady();
            publish(
                    "zstd",
                    Stream.concat(
                            Stream.generate(() -> record(padded("good"), 0)).limit(599),
                            Stream.of(record(padded("good 600"), 0))));
            assertThat(child.line()).isEqualTo("state good 600");
        }
    }

    @Test
    void afterAnOutOfMemoryErrorEachTryKeepsLessUntilItFindsTheLastGoodRecord() {
        String other = broker.clients().topic();
        broker.clients().publish(topic, "good");
        publish("zstd", 200, new byte[1_000_000], 0);
        try (SmallJvm.Child child =
                SmallJvm.start(FullHeap.class, List.of(broker.bootstrapServers(), other, topic), "-Xmx160m")) {
            assertThat(child.line()).contains("Memory ran out while reading topic", "a heap of 15", "OutOfMemoryError");
            assertThat(child.line()).isEqualTo("state good");
            assertThat(child.line()).isEqualTo("LIVE");
        }
    }

    @Test
    void aRecordThatDoesNotFitIntoTheHeapDoesNotHideTheNextOne() {
        broker.clients().publish(topic, "good 0");
        publish("zstd", 1, new byte[150_000_000], 0);
        broker.clients().publish(topic, "good 2");
        try (SmallJvm.Child child = SmallJvm.start(broker.bootstrapServers(), topic, "good 2", "-Xmx96m")) {
            child.awaitReady();
            assertThat(child.line()).isEqualTo("state good 2");
            assertThat(child.line()).isEqualTo("LIVE");
        }
    }

    /** The child process. Its program leaves less of the heap than a look-back may keep. */
    static final class FullHeap {

        private static final int FREE_MEGABYTES = 20;

        private FullHeap() {}

        public static void main(String[] args) {
            try (LatestState<String> before =
                    SmallJvm.following(args[0], args[1]).open()) {
                before.awaitReady(SmallJvm.PATIENCE); // all classes are loaded
                List<byte[]> ballast = fill();
                try (LatestState<String> state =
                        SmallJvm.following(args[0], args[2]).open()) {
                    SmallJvm.say(errorsUntilReady(state));
                    SmallJvm.say("state " + state.get());
                    await().atMost(SmallJvm.PATIENCE).until(() -> state.status().phase() == Phase.LIVE);
                    SmallJvm.say("LIVE");
                }
                SmallJvm.say(ballast.size() + " MB in use");
            }
        }

        /** All errors: on a slow machine the last one may be another. */
        private static String errorsUntilReady(LatestState<?> state) {
            Set<String> errors = new LinkedHashSet<>();
            await().atMost(SmallJvm.PATIENCE).until(() -> {
                try {
                    state.status().lastError().map(Throwable::getMessage).ifPresent(errors::add);
                    return state.status().ready();
                } catch (OutOfMemoryError e) { // the reading thread uses all memory; later there is some
                    return false;
                }
            });
            return String.join(" ", errors);
        }

        private static List<byte[]> fill() {
            List<byte[]> ballast = new ArrayList<>(200);
            try {
                while (true) {
                    ballast.add(new byte[1 << 20]);
                }
            } catch (OutOfMemoryError e) {
                ballast.subList(0, FREE_MEGABYTES).clear();
            }
            return ballast;
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
        publish(codec, Stream.generate(() -> record(value, headerBytes)).limit(records));
    }

    private ProducerRecord<byte[], byte[]> record(byte[] value, int headerBytes) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[headerBytes]);
        return new ProducerRecord<>(topic, 0, null, null, value, headers);
    }

    /**
     * Sends the records in one batch, whatever their total size. Without compression it sends several batches, because
     * a batch must fit into a request.
     */
    private void publish(String codec, Stream<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of(
                "linger.ms",
                "60000",
                "batch.size",
                LARGEST_BATCH,
                "max.request.size",
                "200000000",
                "buffer.memory",
                "200000000",
                "compression.type",
                codec);
        if (!codec.equals("none")) { // else the producer would estimate the batch to be full after some records
            CompressionRatioEstimator.setEstimation(topic, CompressionType.forName(codec), 0.0001f);
        }
        try (KafkaProducer<byte[], byte[]> producer = TestClients.producer(broker.bootstrapServers(), settings)) {
            List<ProducerRecord<byte[], byte[]>> all = records.toList();
            TestClients.sendAtOnce(producer, all.stream());
            if (!codec.equals("none")) {
                assertThat(recordsPerRequest(producer)).isEqualTo(all.size());
            }
        }
    }

    private static double recordsPerRequest(KafkaProducer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-per-request-avg"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .max()
                .orElseThrow();
    }
}
