package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuickUpdatesTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic();

    @Test
    void aListenerNeverGoesBackInTimeAndReceivesTheLastValue() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (LatestState<String> state = broker.text(topic).open()) {
            state.listen(current -> seen.add(Integer.valueOf(current.value().orElseThrow())));
            clients.publishAll(topic, IntStream.rangeClosed(1, 10_000).mapToObj(Integer::toString));
            await().atMost(PATIENCE).until(() -> seen.contains(10_000));
            assertThat(seen).isSorted().doesNotHaveDuplicates().endsWith(10_000);
            assertThat(state.get()).isEqualTo("10000");
        }
    }

    @Test
    void aGrowingLogDoesNotCountAsCutBack() throws InterruptedException {
        clients.publish(topic, "first");
        AtomicBoolean enough = new AtomicBoolean();
        Thread publisher = new Thread(() -> {
            while (!enough.get()) {
                clients.publish(topic, "next");
            }
        });
        try (LatestState<String> state = SharedBroker.ready(
                broker.text(topic).setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            publisher.start();
            int probes = 2;
            await().during(Duration.ofSeconds(5).multipliedBy(probes))
                    .atMost(PATIENCE)
                    .until(() -> state.status().phase() == Phase.LIVE
                            && CountingInterceptor.consumersOf(state.group()) <= 2);
        } finally {
            enough.set(true);
            publisher.join();
        }
    }
}
