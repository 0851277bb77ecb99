package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Closes a state in every situation. */
class CloseTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess(KafkaProcess.builder().scramListener("SASL"));

    @AfterEach
    void endOutage() {
        broker.kafka().start();
        broker.kafka().resume();
    }

    @Test
    void aStateClosesRightAfterItWasOpened() {
        States.close(open(broker.clients().topic()));
    }

    @Test
    void aStateClosesWhileItConnects() {
        String topic = broker.clients().topic();
        broker.kafka().freeze();
        LatestState<String> state = open(topic);
        awaitProgress(state, "asking");
        States.close(state);
    }

    @Test
    void aStateClosesWhileItWaitsForTheTopic() {
        LatestState<String> state = open(TestClients.newName());
        awaitProgress(state, "waiting for topic");
        States.close(state);
    }

    @Test
    void aStateClosesWhileItLooksBack() {
        String topic = broker.clients().topic();
        IntStream.range(0, 100).forEach(i -> broker.clients().publish(topic, "bad"));
        CompletableFuture<LatestState<String>> opened = new CompletableFuture<>();
        LatestState<String> state = LatestState.<String>builder((payload, origin) -> {
                    await().until(() -> opened.join().status().phase() == Phase.CLOSED); // so it has just been closed
                    return null;
                })
                .subscriber("kafka")
                .stream(topic)
                .setting("bootstrap.servers", broker.bootstrapServers())
                .open();
        opened.complete(state);
        awaitProgress(state, "looking back");
        States.close(state);
        assertThat(state.status().ready()).isFalse();
        assertThat(state.status().rejected()).isLessThan(100);
    }

    @Test
    void aStateClosesWhileItIsLive() {
        LatestState<String> state = open(broker.clients().topic());
        States.awaitPhase(state, Phase.LIVE);
        States.close(state);
    }

    @Test
    void aStateClosesWhileTheBrokerIsStopped() {
        whileInterruptedBy(broker.kafka()::stop);
    }

    @Test
    void aStateClosesWhileTheBrokerIsFrozen() {
        whileInterruptedBy(broker.kafka()::freeze);
    }

    private static void whileInterruptedBy(Runnable outage) {
        String topic = broker.clients().topic();
        LatestState<String> opened = open(topic);
        States.awaitReady(opened);
        outage.run();
        LatestState<String> openedInTheOutage = open(topic);
        States.awaitPhase(opened, Phase.INTERRUPTED);
        States.awaitPhase(openedInTheOutage, Phase.INTERRUPTED);
        States.closeInTime(opened);
        States.close(openedInTheOutage); // both have the topic's name in their threads' names
    }

    @Test
    void aStateClosesWhileItsAccessIsDenied() {
        LatestState<String> state = States.following(
                        broker.clients().topic(),
                        broker.kafka().bootstrapServers("SASL"),
                        ScramUser.named("wrong").clientSettings())
                .open();
        States.awaitPhase(state, Phase.INTERRUPTED);
        States.close(state);
    }

    @Test
    void anInterruptedThreadCanCloseAStateAndStaysInterrupted() {
        LatestState<String> state = open(broker.clients().topic());
        States.awaitReady(state);
        Thread.currentThread().interrupt();
        state.close();
        assertThat(Thread.interrupted()).isTrue();
        States.awaitNoThreadLeftOf(state);
    }

    @Test
    void anInterruptedThreadDoesNotWaitForReadinessAndStaysInterrupted() {
        try (LatestState<String> state = open(TestClients.newName())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> state.awaitReady(Duration.ofMinutes(10)))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageStartingWith("Interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static LatestState<String> open(String topic) {
        return States.following(topic, broker.bootstrapServers()).open();
    }

    private static void awaitProgress(LatestState<?> state, String doing) {
        States.withinThePromiseForOutages()
                .until(() -> state.status().progress().startsWith(doing));
    }
}
