package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.Source;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotResourceTest {

    @TempDir
    private Path folder;

    private final LogCapture stateLog = new LogCapture(LatestState.class);
    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final List<String> tried = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void saveAnEarlierRun() {
        try (LatestState<String> earlier = state()) {
            broker.push("a");
            await().until(() -> folder.resolve("snapshot").toFile().exists());
            assertThat(earlier.get()).isEqualTo("a");
        }
        broker.interrupt(new Exception("away"));
    }

    @AfterEach
    void release() {
        stateLog.close();
    }

    @Test
    void theResourceOfTheSnapshotIsServedWhileTheBrokerIsAway() {
        try (LatestState<String> state = state();
                LatestResource<String, Model> resource = resource(state)) {
            resource.awaitReady(Models.LONG);
            assertThat(Models.used(resource)).isEqualTo("a");
            assertThat(resource.status().serving()).map(Current::source).contains(Source.SNAPSHOT);
        }
    }

    @Test
    void theResourceIsNotLoadedAgainIfTheStreamHasTheSameRecord() {
        try (LatestState<String> state = state();
                LatestResource<String, Model> resource = resource(state)) {
            resource.awaitReady(Models.LONG);
            try (Lease<String, Model> lease = resource.acquire()) {
                broker.restore();
                await().until(() -> lease.current().source() == Source.RECORD);
                assertThat(lease.get().use()).isEqualTo("a");
            }
            assertThat(resource.status().serving()).map(Current::source).contains(Source.RECORD);
            assertThat(tried).containsExactly("a");
        }
    }

    @Test
    void anotherRecordIsLoadedEvenIfItIsEqual() {
        try (LatestState<String> state = state();
                LatestResource<String, Model> resource = resource(state)) {
            resource.awaitReady(Models.LONG);
            broker.push("a");
            broker.restore();
            await().until(() -> resource.status().loads() == 2);
            assertThat(tried).containsExactly("a", "a");
        }
    }

    private LatestState<String> state() {
        return LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                .subscriber(broker)
                .stream("models")
                .snapshot(folder.resolve("snapshot"))
                .open();
    }

    private LatestResource<String, Model> resource(LatestState<String> state) {
        return LatestResource.builder(
                        state,
                        name -> {
                            tried.add(name);
                            return new Model(name);
                        },
                        Model::dispose)
                .open();
    }
}
