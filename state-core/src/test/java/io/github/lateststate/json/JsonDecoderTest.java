package io.github.lateststate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.github.lateststate.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {

    private static final Origin ORIGIN = Origin.at("0", "1");
    private static final Model SEVEN = new Model("seven", 7);

    record Model(String name, int version) {}

    @Test
    void aRecordIsDecoded() throws IOException {
        assertThat(decode(JsonDecoder.of(Model.class), "{\"name\":\"seven\",\"version\":7}"))
                .isEqualTo(SEVEN);
    }

    @Test
    void fieldsTheTypeDoesNotHaveAreIgnored() throws IOException {
        assertThat(decode(JsonDecoder.of(Model.class), "{\"name\":\"seven\",\"version\":7,\"new\":{\"a\":[1]}}"))
                .isEqualTo(SEVEN);
    }

    @Test
    void aGenericTypeIsDecoded() throws IOException {
        JsonDecoder<Map<String, List<Model>>> decoder =
                JsonDecoder.of(new TypeReference<Map<String, List<Model>>>() {});
        assertThat(decode(decoder, "{\"a\":[{\"name\":\"seven\",\"version\":7}]}"))
                .isEqualTo(Map.of("a", List.of(SEVEN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"name\":\"seven\"",
                "{\"name\":\"seven\",\"version\":7} {}",
                "{\"name\":\"seven\",\"version\":7}}",
                "{\"name\":\"seven\",\"version\":\"many\"}",
                "[]",
                "7",
                "nonsense"
            })
    void aPayloadThatIsNotOneValueOfTheTypeIsRejected(String payload) {
        assertThatThrownBy(() -> decode(JsonDecoder.of(Model.class), payload))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRejected() {
        byte[] payload = {'"', (byte) 0xC3, (byte) 0x28, '"'};
        assertThatThrownBy(() -> JsonDecoder.of(String.class).decode(payload, ORIGIN))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {Model.class, String.class, JsonNode.class, int.class, Object.class})
    void theNullLiteralIsRejectedWhateverTheType(Class<?> type) throws IOException {
        assertThat(decode(JsonDecoder.of(type), "null")).isNull();
    }

    @Test
    void anArrayNestedTooDeepIsRejected() {
        String payload = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> decode(JsonDecoder.of(JsonNode.class), payload))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void theCallersMapperDecidesAboutUnknownFields() throws IOException {
        JsonDecoder<Model> strict = JsonDecoder.of(new ObjectMapper(), Model.class);
        assertThat(decode(strict, "{\"name\":\"seven\",\"version\":7}")).isEqualTo(SEVEN);
        assertThatThrownBy(() -> decode(strict, "{\"new\":1}")).isInstanceOf(UnrecognizedPropertyException.class);
    }

    @Test
    void theCallersMapperDecodesGenericTypesAndStillRejectsASecondValue() throws IOException {
        JsonDecoder<List<Integer>> decoder = JsonDecoder.of(new ObjectMapper(), new TypeReference<List<Integer>>() {});
        assertThat(decode(decoder, "[1,2]")).containsExactly(1, 2);
        assertThatThrownBy(() -> decode(decoder, "[1] [2]")).isInstanceOf(JsonProcessingException.class);
    }

    private static <T> @Nullable T decode(JsonDecoder<T> decoder, String payload) throws IOException {
        return decoder.decode(payload.getBytes(StandardCharsets.UTF_8), ORIGIN);
    }
}
