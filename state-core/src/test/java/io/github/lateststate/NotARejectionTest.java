package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.UndecidedException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a decoder throws if the record is not to blame. */
class NotARejectionTest {

    private final ManualSubscriber broker = new ManualSubscriber();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void aRecordThatCannotBeDecodedNowIsNeitherAcceptedNorRejected() {
        Decoder<String> decoder = (payload, origin) -> {
            throw new DecodeLaterException("the schema registry answers 503");
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            assertThatExceptionOfType(UndecidedException.class)
                    .isThrownBy(() -> broker.offer(1, "a"))
                    .withMessageContaining("position 1")
                    .withMessageContaining("the schema registry answers 503");
            assertThat(state.status().accepted()).isZero();
            assertThat(state.status().rejected()).isZero();
        }
    }

    @Test
    void aDecoderThatLacksAClassEndsTheSubscriptionAndNamesTheClass() {
        Decoder<String> decoder = (payload, origin) -> {
            throw new NoClassDefFoundError("com/example/Missing");
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> broker.offer(1, "a"));
            assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
            assertThat(state.status().rejected()).isZero();
            assertThat(state.status().lastError().orElseThrow())
                    .hasMessageContaining("com/example/Missing")
                    .hasMessageContaining("class path");
            assertThat(broker.closings).hasValue(1);
            assertThatExceptionOfType(NotReadyException.class)
                    .isThrownBy(() -> state.awaitReady(Duration.ofMinutes(1)))
                    .withMessageContaining("com/example/Missing");
        }
    }

    @Test
    void aReasonThatAParserHasWrappedStillCounts() {
        Decoder<String> decoder = (payload, origin) -> {
            throw new IOException("at column 7", new DecodeLaterException("the schema registry answers 503"));
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            assertThatExceptionOfType(UndecidedException.class)
                    .isThrownBy(() -> broker.offer(1, "a"))
                    .withMessageContaining("the schema registry answers 503");
            assertThat(state.status().rejected()).isZero();
        }
    }

    /** Jackson wraps it. */
    record LacksAClass(int a) {
        LacksAClass {
            throw new NoClassDefFoundError("com/example/Missing");
        }
    }

    @Test
    void aMissingClassBehindAParsersExceptionFailsTheState() {
        try (LatestState<LacksAClass> state =
                broker.state(JsonDecoder.of(LacksAClass.class)).open()) {
            assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> broker.offer(1, "{\"a\":1}"));
            assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
            assertThat(state.status().lastError().orElseThrow()).hasMessageContaining("com/example/Missing");
        }
    }
}
