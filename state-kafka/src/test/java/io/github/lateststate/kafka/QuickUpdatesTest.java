package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    void aGrowingLogDoesNotCountAsCutBack() {
        whileItGrowsEvery(Duration.ofNanos(1), state -> {
            int probes = 2;
            await().during(Duration.ofSeconds(5).multipliedBy(probes))
                    .atMost(PATIENCE)
                    .until(() -> state.status().phase() == Phase.LIVE
                            && CountingInterceptor.consumersOf(state.group()) <= 2);
        });
    }

    /** They arrive so often that no poll is empty, and so seldom that each poll waits. */
    @Test
    void recordsThatArriveAllTheTimeDoNotKeepTheBrokerFromBeingAsked() {
        whileItGrowsEvery(Duration.ofMillis(300), state -> {
            for (int contacts = 0; contacts < 2; contacts++) {
                Optional<Instant> before = state.status().lastContact();
                await().atMost(PATIENCE)
                        .until(() -> !state.status().lastContact().equals(before));
            }
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
        });
    }

    private void whileItGrowsEvery(Duration period, Consumer<LatestState<String>> test) {
        clients.publish(topic, "first");
        ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
        try (LatestState<String> state = SharedBroker.ready(
                broker.text(topic).setting("interceptor.classes", CountingInterceptor.class.getName()))) {
            var unused = publisher.scheduleAtFixedRate(
                    () -> clients.publish(topic, "next"), 0, period.toNanos(), TimeUnit.NANOSECONDS);
            test.accept(state);
        } finally {
            publisher.shutdownNow();
        }
    }
}
