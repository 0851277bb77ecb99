package io.github.lateststate.kafka;

import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that allows each client a few bytes a second. */
class QuotaTest {

    private static final String THROTTLED = "throttled by a quota";

    private static EmbeddedKafka broker;
    private static TestClients clients;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @AfterEach
    void liftQuota() {
        setQuota(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theProgressOfAThrottledStateSaysSo(boolean shared) {
        String topic = clients.topic();
        clients.publish(topic, "first");
        try (LatestState<String> state = States.following(topic, broker.bootstrapServers())
                .setting("state.share.clients", Boolean.toString(shared))
                .open()) {
            States.awaitReady(state);
            setQuota(2_000.0);
            String large = "x".repeat(20_000);
            await().atMost(SharedBroker.PATIENCE).until(() -> {
                clients.publish(topic, large); // again, because a broker applies a quota after it has acknowledged it
                return state.status().progress().contains(THROTTLED);
            });
            clients.publish(topic, "last");
            setQuota(null);
            await().atMost(SharedBroker.PATIENCE).until(() -> state.get().equals("last"));
        }
    }

    private static void setQuota(@Nullable Double bytesPerSecond) {
        ClientQuotaEntity everyClient =
                new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
        ClientQuotaAlteration.Op rate = new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond);
        TestClients.done(clients.admin()
                .alterClientQuotas(List.of(new ClientQuotaAlteration(everyClient, List.of(rate))))
                .all());
    }
}
