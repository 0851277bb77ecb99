package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker goes away, in several ways, and returns. */
class OutageTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    enum Outage {
        STOPPED {
            @Override
            void begin() {
                broker.kafka().stop();
            }
        },
        KILLED {
            @Override
            void begin() {
                broker.kafka().kill();
            }
        },
        FROZEN {
            @Override
            void begin() {
                broker.kafka().freeze();
            }
        };

        abstract void begin();
    }

    @AfterEach
    void endOutage() {
        broker.kafka().start();
        broker.kafka().resume();
    }

    @ParameterizedTest
    @EnumSource
    void theValueIsServedThroughoutAndARecordFromTheOutageIsFound(Outage outage) {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "before");
        try (LatestState<String> state =
                States.following(topic, broker.bootstrapServers()).open()) {
            List<String> received = new CopyOnWriteArrayList<>();
            state.listen(current -> received.add(current.value().orElse("none")));
            States.awaitReady(state);

            Instant left = Instant.now();
            outage.begin();
            Status status = States.withinThePromiseForOutages()
                    .failFast("value lost", () -> !state.get().equals("before"))
                    .until(state::status, now -> now.phase() == Phase.INTERRUPTED);
            assertThat(status.since()).isBetween(left, Instant.now());
            assertThat(States.trouble(status)).contains(broker.bootstrapServers(), topic);
            States.awaitReady(state); // ready means ready, also during the outage

            // Blocks until the broker is back, or leaves a request waiting for the broker in a socket.
            Future<RecordMetadata> sent =
                    CompletableFuture.supplyAsync(() -> broker.clients().publish(topic, "meanwhile"));
            assertThat(state.get()).isEqualTo("before");
            endOutage();
            States.awaitPhase(state, Phase.LIVE);
            TestClients.done(sent);
            States.awaitValue(state, "meanwhile");
            await().untilAsserted(() -> assertThat(received).containsExactly("before", "meanwhile"));
        }
    }

    @Test
    void statesThatShareTheirClientsAreAllInterruptedAndAllReturn() {
        List<String> topics = Stream.generate(broker.clients()::topic).limit(8).toList();
        List<LatestState<String>> states = new ArrayList<>();
        try {
            openSharing(topics.subList(0, 2)).forEach(states::add);
            states.forEach(States::awaitReady);
            broker.kafka().freeze();
            openSharing(topics.subList(2, 8)).forEach(states::add); // more than there are threads to look back
            States.withinThePromiseForOutages()
                    .until(() ->
                            states.stream().allMatch(state -> state.status().phase() == Phase.INTERRUPTED));
            broker.kafka().resume();
            states.forEach(state -> States.awaitPhase(state, Phase.LIVE));
            states.forEach(state -> broker.clients().publish(state.stream(), "after"));
            states.forEach(state -> States.awaitValue(state, "after"));
        } finally {
            states.forEach(LatestState::close);
        }
    }

    private static Stream<LatestState<String>> openSharing(List<String> topics) {
        return topics.stream()
                .map(topic -> States.following(topic, broker.bootstrapServers())
                        .setting("state.share.clients", "true")
                        .open());
    }

    @Test
    void aStateWaitsForABrokerThatIsAwayAtTheStart() {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "before");
        broker.kafka().stop();
        try (LatestState<String> state = States.following(topic, broker.bootstrapServers())
                .initial("initial")
                .open()) {
            States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(state.get()).isEqualTo("initial");
            assertThatThrownBy(() -> state.awaitReady(Duration.ZERO))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageContainingAll("INTERRUPTED", broker.bootstrapServers(), topic);

            broker.kafka().start();
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("before");
            broker.clients().publish(topic, "after");
            States.awaitValue(state, "after");
        }
    }
}
