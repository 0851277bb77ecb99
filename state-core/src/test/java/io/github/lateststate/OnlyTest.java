package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnlyTest {

    private final LogCapture log = new LogCapture();
    private final InMemorySubscriber broker = new InMemorySubscriber();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void theStateIsTheLastRecordOfItsKeyWhateverCameAfterIt() {
        broker.push("mine", "1");
        for (int i = 0; i < 1_000; i++) {
            broker.push("another", "bad");
        }
        try (LatestState<String> state = builder().key("mine").open()) {
            assertThat(state.get()).isEqualTo("1");
            broker.push("another", "2");
            broker.push("mine", "3");
            broker.push("bad");
            assertThat(state.get()).isEqualTo("3");
            assertThat(state.status().passedOver()).isEqualTo(1_002);
            assertThat(state.status().accepted()).isEqualTo(2);
            assertThat(state.status().rejected()).isZero();
            assertThat(log.messages(ch.qos.logback.classic.Level.WARN)).isEmpty();
        }
    }

    @Test
    void aTombstoneOfAnotherKeyHasNoEffect() {
        broker.push("mine", "1");
        broker.push("another", null);
        try (LatestState<String> state = builder().key("mine").open()) {
            assertThat(state.get()).isEqualTo("1");
            broker.push("mine", null);
            assertThat(state.value()).isEmpty();
        }
    }

    @Test
    void filtersCanReadHeadersAndAllMustMatch() {
        try (LatestState<String> state = builder()
                .only(origin -> origin.header("tenant")
                        .map(value -> new String(value, StandardCharsets.UTF_8))
                        .filter("a"::equals)
                        .isPresent())
                .key("mine")
                .open()) {
            broker.push("mine", "1", Map.of("tenant", "a"));
            broker.push("mine", "2", Map.of("tenant", "b"));
            broker.push("another", "3", Map.of("tenant", "a"));
            assertThat(state.get()).isEqualTo("1");
        }
    }

    @Test
    void getSaysHowManyRecordsWerePassedOverIfNoneMatches() {
        broker.push("another", "1");
        try (LatestState<String> state = builder().key("mine").open()) {
            assertThatThrownBy(state::get).isInstanceOf(NoStateException.class).hasMessageContaining("1 passed over");
        }
    }

    @Test
    void aFilterThatThrowsRejectsTheRecord() {
        IllegalStateException thrown = new IllegalStateException("no such header");
        try (LatestState<String> state = builder()
                .only(origin -> {
                    throw thrown;
                })
                .open()) {
            broker.push("1");
            assertThat(state.status().lastRejection().map(Rejection::cause)).containsSame(thrown);
        }
    }

    @Test
    void aSubscriberCanAskBeforeItOffers() {
        ManualSubscriber manual = new ManualSubscriber();
        try (LatestState<String> state = manual.state().key("mine").open()) {
            assertThat(manual.sink().wants(record("another", "a", "1"))).isFalse();
            assertThat(manual.sink().wants(record("mine", "a", "1"))).isTrue();
            assertThat(state.status().passedOver()).isEqualTo(1);
        }
    }

    @Test
    void aSubscriberMayOfferWithoutAsking() {
        ManualSubscriber manual = new ManualSubscriber();
        try (LatestState<String> state = manual.state().key("mine").open()) {
            manual.caughtUp();
            assertThat(manual.offer(1, "without a key")).isFalse();
            assertThat(state.value()).isEmpty();
            assertThat(state.status().rejected()).isZero();
            assertThat(state.status().passedOver()).isEqualTo(1);
        }
    }

    private LatestStateBuilder<String> builder() {
        return LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream("models");
    }

    private static StateRecord record(String key, String tenant, String payload) {
        return new StateRecord(
                "0",
                payload,
                Instant.EPOCH,
                key.getBytes(StandardCharsets.UTF_8),
                payload.getBytes(StandardCharsets.UTF_8),
                Map.of("tenant", List.of(tenant.getBytes(StandardCharsets.UTF_8))));
    }
}
