package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.NetworkProxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections die silently, and new ones work at once. */
class HalfOpenConnectionsTest {

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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateReconnectsWhenAllItsConnectionsDie(boolean shared) {
        aStateRecoversFrom(NetworkProxy::killConnectionsSilently, shared);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateReconnectsWhenOnlyTheFetchConnectionDies(boolean shared) {
        aStateRecoversFrom(NetworkProxy::killFetchConnectionsSilently, shared);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateReconnectsEvenIfTheNextRecordIsDeletedMeanwhile(boolean shared) throws Exception {
        String topic = clients.topic();
        clients.publish(topic, "before");
        try (LatestState<String> state = States.following(topic, proxy.address())
                .setting("state.share.clients", Boolean.toString(shared))
                .open()) {
            States.awaitPhase(state, Phase.LIVE);
            proxy.killConnectionsSilently();
            clients.publishAll(topic, Stream.of("deleted", "after"));
            clients.admin()
                    .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
            States.withinThePromiseForOutages()
                    .until(() -> state.get().equals("after") && state.status().phase() == Phase.LIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void aLookBackGoesOnOverNewConnections(boolean shared, boolean onlyThatWhichFetches) {
        String topic = clients.topic();
        clients.publishAll(
                topic,
                Stream.concat(Stream.of("good"), Stream.generate(() -> "bad").limit(20)));
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        try (LatestState<String> state = LatestState.<String>builder((payload, origin) -> {
                    String text = new String(payload, StandardCharsets.UTF_8);
                    if (text.equals("bad")) {
                        looking.countDown();
                        dead.await();
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                })
                .subscriber("kafka")
                .stream(topic)
                .setting("bootstrap.servers", proxy.address())
                .setting("state.share.clients", Boolean.toString(shared))
                .open()) {
            await().until(() -> looking.getCount() == 0);
            if (onlyThatWhichFetches) {
                proxy.killFetchConnectionsSilently();
            } else {
                proxy.killConnectionsSilently();
            }
            dead.countDown();
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("good");
        }
    }

    /** Two clients of the same client.id would stay, one of them on a dead connection. */
    @Test
    void anAdminClientThatGetsNoAnswerIsReplacedAndClosed() {
        try (LatestState<String> state =
                States.following(clients.topic(), proxy.address()).open()) {
            await().atMost(SharedBroker.PATIENCE)
                    .until(() -> !adminThreadsOf(state).isEmpty());
            Set<Thread> before = adminThreadsOf(state);
            proxy.killConnectionsSilently();
            await().atMost(SharedBroker.PATIENCE).until(() -> {
                Set<Thread> now = adminThreadsOf(state);
                return !now.isEmpty() && Collections.disjoint(now, before);
            });
        }
    }

    private static Set<Thread> adminThreadsOf(LatestState<?> state) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-admin-client-thread")
                        && thread.getName().contains(state.group()))
                .collect(Collectors.toSet());
    }

    private static void aStateRecoversFrom(Consumer<NetworkProxy> fault, boolean shared) {
        String topic = clients.topic();
        clients.publish(topic, "before");
        try (LatestState<String> state = States.following(topic, proxy.address())
                .setting("state.share.clients", Boolean.toString(shared))
                .open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("before");
            fault.accept(proxy);
            clients.publish(topic, "after");
            States.withinThePromiseForOutages()
                    .until(() -> state.get().equals("after") && state.status().phase() == Phase.LIVE);
        }
    }
}
