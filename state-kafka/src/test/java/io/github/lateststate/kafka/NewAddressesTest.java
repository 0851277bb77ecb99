package io.github.lateststate.kafka;

import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaProcess;
import io.github.lateststate.embedded.NetworkProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All brokers return at new addresses, which only {@code bootstrap.servers} knows. */
class NewAddressesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With {@code none}, Kafka's clients do not ask the bootstrap addresses again: the library creates new clients. */
    @ParameterizedTest
    @CsvSource({"false, rebootstrap", "true, rebootstrap", "false, none", "true, none"})
    void newAddressesAreFoundThroughTheBootstrapAddresses(String sharing, String recovery, @TempDir Path directory) {
        int laterPort = freePort();
        String topic;
        LatestState<String> state;
        try (KafkaProcess before = KafkaProcess.builder().directory(directory).start();
                TestClients clients = new TestClients(before.bootstrapServers())) {
            topic = clients.topic();
            clients.publish(topic, "before");
            state = States.following(topic, before.bootstrapServers() + ",127.0.0.1:" + laterPort)
                    .setting("state.share.clients", sharing)
                    .setting("metadata.recovery.strategy", recovery)
                    .open();
            States.awaitPhase(state, Phase.LIVE);
        }
        try (state) {
            States.awaitPhase(state, Phase.INTERRUPTED);
            try (KafkaProcess after = KafkaProcess.builder()
                            .directory(directory)
                            .port(laterPort)
                            .start();
                    TestClients clients = new TestClients(after.bootstrapServers())) {
                clients.publish(topic, "after");
                await().atMost(PATIENCE)
                        .until(() -> state.value().filter("after"::equals).isPresent()
                                && state.status().phase() == Phase.LIVE);
            }
        }
    }

    private static int freePort() {
        try (NetworkProxy proxy = NetworkProxy.start()) {
            return proxy.targetPort();
        }
    }
}
