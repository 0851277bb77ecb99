package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadyMadeDecodersTest {

    private static final Origin ORIGIN = Origin.at("0", "1");

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final List<String> calls = new ArrayList<>();

    /** Records the calls about its state. */
    private final class Noting implements Decoder<String> {

        @Override
        public String decode(byte[] payload, Origin origin) {
            return "decoded";
        }

        @Override
        public void open(String stream, Map<String, String> settings) {
            calls.add("open " + stream + " " + settings);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @Test
    void utf8IsDecodedAndOtherBytesAreRejected() throws Exception {
        assertThat(Decoder.utf8().decode(new byte[] {(byte) 0xC3, (byte) 0xA4}, ORIGIN))
                .isEqualTo("\u00e4");
        assertThat(Decoder.utf8().decode(new byte[0], ORIGIN)).isEmpty();
        assertThatThrownBy(() -> Decoder.utf8().decode(new byte[] {(byte) 0xC3, '('}, ORIGIN))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void bytesAreThePayloadItself() throws Exception {
        byte[] payload = {1, 2};
        assertThat(Decoder.bytes().decode(payload, ORIGIN)).isSameAs(payload);
    }

    @Test
    void aDecoderMayBeAFunctionOfThePayload() {
        broker.push("abc");
        try (LatestState<Integer> state =
                LatestState.builder(Decoder.of(payload -> payload.length)).subscriber(broker).stream("models")
                        .open()) {
            assertThat(state.get()).isEqualTo(3);
        }
    }

    @Test
    void aDecoderIsOpenedWithTheSettingsOfItsStateAndClosedWithItOnce() {
        LatestState<String> state = builder().setting("registry", "here").open();
        assertThat(calls).containsExactly("open models {registry=here}");
        state.close();
        state.close();
        assertThat(calls).containsExactly("open models {registry=here}", "close");
    }

    @Test
    void aDecoderWhoseStateCannotBeOpenedIsClosed() {
        assertThatThrownBy(() -> builder().setting("state.unknown", "1").open())
                .isInstanceOf(InvalidSettingException.class);
        assertThat(calls).containsExactly("open models {state.unknown=1}", "close");
    }

    private LatestStateBuilder<String> builder() {
        return LatestState.builder(new Noting()).subscriber(broker).stream("models");
    }
}
