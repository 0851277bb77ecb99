package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from a record, a broker or an exception is bounded and escaped wherever the server shows it. */
class HostileTextTest {

    private static final String HOSTILE = "\u001B[31m\u202E\u2028" + "x".repeat(6_000_000);
    private static final int A_FEW_TEXTS = 3_000;

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void theHealthChecksShowARejectionAndAnError(String path) throws Exception {
        try (TestApi api = new TestApi(broker)) {
            broker.pushUnreadable(new IOException(HOSTILE));
            broker.interrupt(new IOException(HOSTILE));
            assertHarmless(api.get(path).body());
        }
    }

    @Test
    void aNegativeHealthCheckShowsAnError() throws Exception {
        broker.interrupt(new IOException(HOSTILE));
        try (TestApi api = new TestApi(broker)) {
            assertHarmless(api.get("/health/ready").body());
        }
    }

    @Test
    void theStateShowsItsPartition() throws Exception {
        pushToHostilePartition();
        try (TestApi api = new TestApi(broker)) {
            HttpResponse<String> answer = api.get("/state");
            assertThat(answer.body()).isEqualTo("{\"state\":5}");
            assertHarmless(answer.headers().firstValue("X-State-Partition").orElseThrow());
        }
    }

    @Test
    void theEventsShowTheirPartitionAndAnError() {
        pushToHostilePartition();
        try (LatestState<StateMessage> state = LatestState.builder(StateMessage.decoder()).subscriber(broker).stream(
                        "state")
                .open()) {
            StreamFeed feed = new StreamFeed(state, () -> TestApi.NOW);
            assertHarmless(feed.stateEvent(state.current()));
            broker.interrupt(new IOException(HOSTILE));
            assertHarmless(feed.statusEvent());
        }
    }

    private void pushToHostilePartition() {
        broker.record("{\"state\":5}").partition(HOSTILE).push();
    }

    private static void assertHarmless(String shown) {
        assertThat(shown)
                .hasSizeLessThan(A_FEW_TEXTS)
                .contains("u001B[31m", "u202E", "u2028")
                .doesNotContain("\u001B", "\u202E", "\u2028");
    }
}
