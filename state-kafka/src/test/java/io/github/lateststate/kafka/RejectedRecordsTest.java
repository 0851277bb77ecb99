package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.SharedBroker.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.NoStateException;
import io.github.lateststate.Phase;
import io.github.lateststate.Rejection;
import io.github.lateststate.json.JsonDecoder;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RejectedRecordsTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    record Model(int version) {}

    record Nested(@Nullable Nested inner) {}

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic();

    @Test
    void theRecordBeforeABadLastOneIsTheState() {
        clients.publishAll(topic, Stream.of("{\"version\":1}", "{\"version\":2}", "not json"));
        try (LatestState<Model> state = ready(broker.state(topic, JsonDecoder.of(Model.class)))) {
            assertThat(state.get()).isEqualTo(new Model(2));
            assertThat(state.status().rejected()).isEqualTo(1);
            assertThat(lastRejection(state).origin().position()).isEqualTo("2");
        }
    }

    @Test
    void theLastGoodRecordBeforeTenThousandBadOnesIsTheState() {
        clients.publishAll(topic, Stream.of("{\"version\":1}", "{\"version\":2}"));
        clients.publishAll(topic, Stream.generate(() -> "not json").limit(10_000));
        try (LatestState<Model> state = ready(broker.state(topic, JsonDecoder.of(Model.class)))) {
            assertThat(state.get()).isEqualTo(new Model(2));
            assertThat(state.status().rejected()).isEqualTo(10_000);
            assertThat(state.status().accepted()).isEqualTo(1);
        }
    }

    @Test
    void aTopicWithOnlyBadRecordsHasNoStateAndTheStatusSaysWhy() {
        clients.publishAll(topic, Stream.of("bad", "worse"));
        try (LatestState<Model> state = ready(broker.state(topic, JsonDecoder.of(Model.class)))) {
            assertThat(state.value()).isEmpty();
            assertThatExceptionOfType(NoStateException.class)
                    .isThrownBy(state::get)
                    .withMessageContaining("the last rejection: record at partition 0, position 0");
            clients.publish(topic, "{\"version\":1}");
            await().atMost(PATIENCE).until(() -> state.value().isPresent());
        }
    }

    @Test
    void aBadRecordWhileFollowingIsNamedAndTheLastGoodOneStays() {
        clients.publish(topic, "{\"version\":1}");
        try (LatestState<Model> state = ready(broker.state(topic, JsonDecoder.of(Model.class)))) {
            clients.publish(topic, "not json");
            await().atMost(PATIENCE).until(() -> state.status().rejected() == 1);
            assertThat(state.get()).isEqualTo(new Model(1));
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
            assertThat(lastRejection(state).origin().partition()).isEqualTo("0");
            assertThat(lastRejection(state).origin().position()).isEqualTo("1");
            assertThat(lastRejection(state).cause())
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageContaining("Unrecognized token 'not'");

            clients.publish(topic, "{\"version\":3}");
            await().atMost(PATIENCE).until(() -> state.get().equals(new Model(3)));
            assertThat(state.status().rejected()).isEqualTo(1);
        }
    }

    @Test
    void aDecoderThatThrowsRejectsTheRecord() {
        Decoder<String> throwing = (payload, origin) -> {
            String text = Objects.requireNonNull(SharedBroker.TEXT.decode(payload, origin));
            if (text.equals("error")) {
                throw new AssertionError("as it happens");
            }
            return text;
        };
        clients.publishAll(topic, Stream.of("good", "error"));
        try (LatestState<String> state = ready(broker.state(topic, throwing))) {
            assertThat(state.get()).isEqualTo("good");
            assertThat(lastRejection(state).cause())
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("as it happens");
        }
    }

    @Test
    void nullFromADecoderRejectsTheRecord() {
        Decoder<String> choosy = (payload, origin) -> payload.length > 4 ? null : "good";
        clients.publishAll(topic, Stream.of("good", "too long"));
        try (LatestState<String> state = ready(broker.state(topic, choosy))) {
            assertThat(state.get()).isEqualTo("good");
            assertThat(lastRejection(state).cause()).hasMessage("the decoder returned null");
        }
    }

    @Test
    void jsonThatOverflowsTheStackIsRejectedAndFollowingGoesOn() {
        JsonMapper limitless = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(Integer.MAX_VALUE)
                                .build())
                        .build())
                .build();
        String deep = "{\"inner\":".repeat(90_000) + "null" + "}".repeat(90_000);
        clients.publishAll(topic, Stream.of("{}", deep));
        try (LatestState<Nested> state = ready(broker.state(topic, JsonDecoder.of(limitless, Nested.class)))) {
            assertThat(state.get()).isEqualTo(new Nested(null));
            assertThat(lastRejection(state).cause()).isInstanceOf(StackOverflowError.class);
            clients.publish(topic, deep);
            await().atMost(PATIENCE).until(() -> state.status().rejected() == 2);
            clients.publish(topic, "{\"inner\":{}}");
            await().atMost(PATIENCE).until(() -> state.get().inner() != null);
        }
    }

    private static Rejection lastRejection(LatestState<?> state) {
        return state.status().lastRejection().orElseThrow();
    }
}
