package io.github.lateststate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class Jackson3DecoderTest {

    private record Model(String name, int version) {}

    @Test
    void aRecordIsRead() {
        assertThat(decode(Jackson3Decoder.of(Model.class), "{\"name\": \"m\", \"version\": 7, \"new\": true}"))
                .isEqualTo(new Model("m", 7));
    }

    @Test
    void aGenericTypeIsRead() {
        assertThat(decode(Jackson3Decoder.of(new TypeReference<Map<String, Integer>>() {}), "{\"a\": 1}"))
                .isEqualTo(Map.of("a", 1));
    }

    @Test
    void theCallersMapperDecides() {
        JsonMapper strict = JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        assertThatThrownBy(() -> decode(Jackson3Decoder.of(strict, Model.class), "{\"new\": true}"))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void aJsonNullIsRejected() {
        assertThat(decode(Jackson3Decoder.of(JsonNode.class), "null")).isNull();
        assertThat(decode(Jackson3Decoder.of(Integer.class), " null ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "no json", "{\"name\": \"m\"} {}", "{\"name\": \"m\"} rest"})
    void aPayloadThatIsNotOneJsonValueIsRejected(String payload) {
        assertThatThrownBy(() -> decode(Jackson3Decoder.of(Model.class), payload))
                .isInstanceOf(Exception.class);
    }

    private static <T> @Nullable T decode(Jackson3Decoder<T> decoder, String payload) {
        return decoder.decode(payload.getBytes(StandardCharsets.UTF_8), Origin.at("0", "1"));
    }
}
