package io.github.lateststate.demo.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.Decoder;
import io.github.lateststate.json.JsonDecoder;
import org.jspecify.annotations.Nullable;

/** One message of the stream. A message without a state is rejected. */
record StateMessage(
        @JsonProperty("message_id") @Nullable String messageId,
        @JsonProperty("text") @Nullable String text,
        @JsonProperty(value = "state", required = true) int state) {

    /** The state before any message. */
    static final StateMessage INITIAL = new StateMessage(null, null, 0);

    /** Accepts unknown fields. Rejects a state that is null, text, a fraction or too big for an int. */
    static Decoder<StateMessage> decoder() {
        return JsonDecoder.of(
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .build(),
                StateMessage.class);
    }
}
