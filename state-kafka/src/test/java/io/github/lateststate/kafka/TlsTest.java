package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.TlsStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS listener, and truststores with and without its certificate. */
class TlsTest {

    private static final String LOCATION = "ssl.truststore.location";

    private static TlsStores stores;
    private static EmbeddedKafka broker;
    private static TestClients clients;

    private String topic;

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        stores = TlsStores.create(directory);
        broker = EmbeddedKafka.builder()
                .listener("TLS", SecurityProtocol.SSL, stores.brokerProperties())
                .start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        topic = clients.topic();
    }

    @Test
    void aTrustedBrokerIsFollowed() {
        clients.publish(topic, "value");
        try (LatestState<String> state = open(stores.clientProperties())) {
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @Test
    void anUntrustedBrokerIsNamedAndFollowedOnceTheTruststoreIsRight(@TempDir Path directory) throws IOException {
        Map<String, String> distrustful = TlsStores.create(directory).clientProperties();
        clients.publish(topic, "value");
        try (LatestState<String> state = open(distrustful)) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("No TLS with " + broker.bootstrapServers("TLS"), LOCATION);

            copyRightTruststoreTo(Path.of(distrustful.get(LOCATION)));
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @Test
    void aStateNamesAMissingTruststoreAndWaitsForIt(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("truststore.p12");
        Map<String, String> settings = new HashMap<>(stores.clientProperties());
        settings.put(LOCATION, missing.toString());
        clients.publish(topic, "value");
        try (LatestState<String> state = open(settings)) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status))
                    .contains(broker.bootstrapServers("TLS"), "<" + LOCATION + ">")
                    .doesNotContain(missing.toString());

            copyRightTruststoreTo(missing);
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    private static void copyRightTruststoreTo(Path target) throws IOException {
        Path right = Path.of(stores.clientProperties().get(LOCATION));
        Files.copy(right, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private LatestState<String> open(Map<String, String> settings) {
        return States.following(topic, broker.bootstrapServers("TLS"), settings).open();
    }
}
