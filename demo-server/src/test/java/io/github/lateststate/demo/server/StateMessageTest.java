package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateMessageTest {

    @Test
    void aMessageOfTheProducerIsRead() throws Exception {
        assertThat(decoded("{\"message_id\":\"4142\",\"text\":\"some text\",\"state\":96}"))
                .isEqualTo(new StateMessage("4142", "some text", 96));
    }

    @Test
    void theStateIsEnoughAndUnknownFieldsAreIgnored() throws Exception {
        assertThat(decoded("{\"state\":-7,\"new\":[]}")).isEqualTo(new StateMessage(null, null, -7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\":\"some text\"}",
                "{\"state\":null}",
                "{\"state\":\"\"}",
                "{\"state\":\"23\"}",
                "{\"state\":23.5}",
                "{\"state\":23.0}",
                "{\"state\":true}",
                "{\"state\":[23]}",
                "{\"state\":2147483648}",
                "23",
                "",
                "not json"
            })
    void aMessageWithoutAWholeNumberAsStateIsRejected(String payload) {
        assertThatThrownBy(() -> decoded(payload)).isInstanceOf(IOException.class);
    }

    @Test
    void aJsonNullIsRejectedByTheLibrary() throws Exception {
        assertThat(decoded("null")).isNull();
    }

    private static @Nullable StateMessage decoded(String payload) throws Exception {
        return StateMessage.decoder().decode(payload.getBytes(UTF_8), Origin.at("0", "0"));
    }
}
