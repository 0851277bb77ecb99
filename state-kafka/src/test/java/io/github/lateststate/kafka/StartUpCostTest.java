package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StartUpCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    @Test
    void aLogOfAMillionRecordsNeedsNoMoreReadsThanALogOfTen() {
        assertThat(recordsReadInALogOf(10)).isEqualTo(2);
        assertThat(recordsReadInALogOf(1_000_000)).isEqualTo(2);
    }

    @Test
    void theConsumerThatFindsTheLastRecordAlsoFollows() {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "1");
        try (LatestState<String> state = SharedBroker.ready(
                broker.text(topic).setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            broker.clients().publish(topic, "2");
            await().atMost(PATIENCE).until(() -> state.get().equals("2"));

            assertThat(CountingInterceptor.consumersOf(state.group())).isOne();
        }
    }

    /** The decoder runs before the state is ready. At that time, JMX shows which clients of this group exist. */
    @Test
    void aFirstStartNeedsNoAdminClient() {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "1");
        List<Set<String>> clients = new CopyOnWriteArrayList<>();
        try (LatestState<String> state = SharedBroker.ready(broker.state(topic, (payload, origin) -> {
                    clients.add(clientsOf("only-one"));
                    return new String(payload, StandardCharsets.UTF_8);
                })
                .setting("state.group.prefix", "only-one"))) {
            assertThat(state.get()).isEqualTo("1");
            assertThat(clients).containsExactly(Set.of("kafka.consumer"));
            await().atMost(PATIENCE).until(() -> clientsOf("only-one").contains("kafka.admin.client"));
        }
    }

    private static Set<String> clientsOf(String prefix) throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("*:type=app-info,id=" + prefix + "*"), null)
                .stream()
                .map(ObjectName::getDomain)
                .collect(Collectors.toSet());
    }

    private static long recordsReadInALogOf(int length) {
        String topic = broker.clients().topic();
        try (TestClients fast = new TestClients(
                broker.bootstrapServers(),
                Map.of("linger.ms", "20", "batch.size", "500000", "compression.type", "lz4"))) {
            fast.publishAll(topic, IntStream.range(0, length).mapToObj(Integer::toString));
        }
        assertThat(broker.clients().end(topic, IsolationLevel.READ_COMMITTED)).isEqualTo(length);
        try (LatestState<String> state = SharedBroker.ready(
                broker.text(topic).setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            assertThat(state.get()).isEqualTo(Integer.toString(length - 1));
            long read = CountingInterceptor.recordsReadBy(state.group());
            assertThat(state.status().lookBack().orElseThrow().recordsRead()).isEqualTo(read);
            return read;
        }
    }
}
