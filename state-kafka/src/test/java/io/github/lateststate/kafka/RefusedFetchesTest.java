package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When fetches count as refused. Kafka's mock consumer gets a metric that counts its fetches. */
class RefusedFetchesTest {

    private int fetches;
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized Map<MetricName, Metric> metrics() {
            MetricName name = new MetricName("fetch-total", "consumer-fetch-manager-metrics", "", Map.of());
            Measurable count = (config, now) -> fetches;
            return Map.of(name, new KafkaMetric(new Object(), name, count, new MetricConfig(), Time.SYSTEM));
        }
    };
    private final FollowClients clients = FollowClients.of(Followers.settings("topic"), at -> consumer);
    private final FollowLoop loop = new FollowLoop(clients);
    private final Topic topic = new Topic("topic", Uuid.randomUuid(), 1);
    private final Follower one = Followers.of(topic, new RecordingSink(value -> true), new StopSignal());

    @BeforeEach
    void follow() {
        loop.add(one);
        loop.turn();
        receiveAnswer();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void refusedFetchesPauseTheConsumerAndAskTheBrokerAtOnce() {
        assertThat(one.question().isDueBy(System.nanoTime())).isFalse();
        fetches += 2;
        loop.turn();
        assertThat(consumer.paused()).isEmpty();
        fetches += 1_000;
        loop.turn();
        assertThat(one.question().isDueBy(System.nanoTime())).isTrue();
        assertThat(consumer.paused()).containsExactlyElementsOf(topic.partitions());
        receiveAnswer();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void fetchesOneByOneDoNotCountAsRefused() {
        for (int i = 0; i < 1_000; i++) {
            fetches++;
            loop.turn();
        }
        assertThat(consumer.paused()).isEmpty();
    }

    /** While records arrive, it does not look at the fetches after each poll. */
    @Test
    void fetchesThatBringRecordsDoNotCountAsRefused() {
        for (int i = 0; i < 1_000; i++) {
            fetches++;
            consumer.addRecord(new ConsumerRecord<>("topic", 0, 7 + i, null, TestClients.bytes("value")));
            loop.turn();
        }
        loop.turn();
        assertThat(consumer.paused()).isEmpty();
    }

    private void receiveAnswer() {
        one.asks(Followers.unchanged(topic));
        loop.turn();
    }
}
