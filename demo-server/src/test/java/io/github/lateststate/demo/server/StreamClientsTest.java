package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import io.javalin.Javalin;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients, slow ones and vanished ones, on real sockets. The test is the clock of the stream. */
class StreamClientsTest {

    private static final int MANY = 1_000;
    private static final int TICKS_BETWEEN_COMMENTS = 15;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<StateMessage> state =
            LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                    .initial(StateMessage.INITIAL)
                    .open();
    private final StateStream stream = new StateStream(state, InstantSource.system());
    private final Javalin http = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.get("/state/stream", stream);
            })
            .start("127.0.0.1", 0);

    @AfterEach
    void stop() {
        http.stop();
        state.close();
    }

    @Test
    void aChangeReachesAThousandClientsWithAFewThreads() throws Exception {
        List<EventReader> clients = new ArrayList<>();
        Set<Thread> before = threads();
        try {
            // one after the other: Jetty starts threads for simultaneous connections, and more of them on a busy
            // machine
            for (int i = 0; i < MANY; i++) {
                EventReader client = new EventReader(http.port());
                clients.add(client);
                assertThat(client.next("state")).startsWith("{\"state\":0,");
            }
            assertThat(stream.size()).isEqualTo(MANY);

            change(23);

            for (EventReader client : clients) {
                assertThat(client.next("state")).startsWith("{\"state\":23,");
            }
            Set<Thread> added = threads();
            added.removeAll(before);
            assertThat(added).hasSizeLessThan(MANY / 10);
        } finally {
            for (EventReader client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aClientThatDoesNotReadDelaysNoOtherAndIsClosed() throws Exception {
        try (EventReader stuck = new EventReader(http.port());
                EventReader other = new EventReader(http.port())) {
            stuck.next("state");
            other.next("state");
            int changes = 0;
            while (stream.size() == 2) {
                changes++;
                change(changes);
                assertThat(other.next("state")).startsWith("{\"state\":" + changes + ",");
                stream.tick();
                assertThat(changes)
                        .as("changes that the buffers of a socket take")
                        .isLessThan(5_000);
            }

            change(-1);
            assertThat(other.next("state")).startsWith("{\"state\":-1,");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                while (true) {
                    stuck.next("state");
                }
            });
        }
    }

    @Test
    void aClientThatIsGoneIsForgottenByTheSecondComment() throws Exception {
        try (EventReader client = new EventReader(http.port())) {
            client.next("state");
        }
        // the first write to a connection that the other side has closed does not fail yet
        tickUntilComment();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            tickUntilComment();
            return stream.size() == 0;
        });
    }

    @Test
    void everyFifteenSecondsThereIsAComment() throws Exception {
        try (EventReader client = new EventReader(http.port())) {
            client.next("status");
            tickUntilComment();

            assertThat(client.lineThatStartsWith(":")).isEqualTo(": still here");
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private void change(int value) {
        broker.push("{\"state\":" + value + "}");
        stream.sendAll();
    }

    private void tickUntilComment() {
        for (int i = 0; i < TICKS_BETWEEN_COMMENTS; i++) {
            stream.tick();
        }
    }
}
