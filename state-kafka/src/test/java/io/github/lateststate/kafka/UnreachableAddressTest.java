package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.NetworkProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker answers at its first address, and then sends its clients to an address that cannot be reached. */
class UnreachableAddressTest {

    private static NetworkProxy proxy;
    private static EmbeddedKafka broker;
    private static TestClients clients;

    @BeforeAll
    static void startBroker() {
        proxy = NetworkProxy.start();
        broker = EmbeddedKafka.builder().behind(proxy).start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
        proxy.close();
    }

    @AfterEach
    void heal() {
        proxy.heal();
    }

    @ParameterizedTest
    @CsvSource({"false, REFUSED", "false, SILENT", "true, REFUSED", "true, SILENT"})
    void anUnreachableAddressIsNamedWithItsNodeAndTheStateRecovers(String sharing, String how) {
        String topic = clients.topic();
        clients.publish(topic, "value");
        breakProxy(how);
        try (LatestState<String> state = following(topic, sharing)) {
            States.withinThePromiseForOutages()
                    .untilAsserted(
                            () -> assertThat(States.trouble(state.status())).contains(named()));
            proxy.heal();
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, REFUSED", "false, SILENT", "true, REFUSED", "true, SILENT"})
    void anUnreachableAddressIsNamedWhileFollowing(String sharing, String how) {
        String topic = clients.topic();
        clients.publish(topic, "value");
        try (LatestState<String> state = following(topic, sharing)) {
            States.awaitPhase(state, Phase.LIVE);
            breakProxy(how);
            await().atMost(SharedBroker.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(States.trouble(state.status())).contains(named()));
            assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
            assertThat(state.get()).isEqualTo("value");
            proxy.heal();
            States.awaitPhase(state, Phase.LIVE);
        }
    }

    @Test
    void aBootstrapAddressThatDoesNotAnswerIsNamed() {
        breakProxy("REFUSED");
        try (LatestState<String> state =
                States.following("models", proxy.address()).open()) {
            assertThat(States.trouble(States.awaitPhase(state, Phase.INTERRUPTED)))
                    .contains("No answer from " + proxy.address())
                    .doesNotContain("advertises");
        }
    }

    private static void breakProxy(String how) {
        if (how.equals("SILENT")) {
            proxy.holdBack();
        } else {
            proxy.refuse();
            proxy.cut();
        }
    }

    private static String named() {
        return proxy.address() + " (node 1)";
    }

    private static LatestState<String> following(String topic, String sharing) {
        return States.following(topic, "127.0.0.1:" + proxy.targetPort())
                .setting("state.share.clients", sharing)
                .open();
    }
}
