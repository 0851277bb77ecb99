package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.DecodeLaterException;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Origin;
import io.github.lateststate.Phase;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaDecoderTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final List<String> calls = new ArrayList<>();
    private @Nullable RuntimeException trouble;

    /** Records what it receives. */
    private final class Noting implements Deserializer<String> {

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            calls.add("configure " + configs + " " + isKey);
            if (configs.containsKey("wrong")) {
                throw new ConfigException("wrong", configs.get("wrong"), "no");
            }
        }

        @Override
        public String deserialize(String topic, byte[] data) {
            throw new AssertionError("without headers");
        }

        @Override
        public String deserialize(String topic, Headers headers, byte[] data) {
            if (trouble != null) {
                throw trouble;
            }
            List<String> values = new ArrayList<>();
            for (Header header : headers) {
                values.add(header.key() + "=" + text(header.value()));
            }
            return topic + " " + values + " " + text(data);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @Test
    void aKafkaDeserializerDecodes() throws Exception {
        assertThat(KafkaDecoder.of(new IntegerDeserializer()).decode(new byte[] {0, 0, 1, 0}, Origin.at("0", "1")))
                .isEqualTo(256);
    }

    @Test
    void theDeserializerIsConfiguredReceivesTopicAndHeadersAndIsClosedWithTheState() {
        Map<String, List<byte[]>> headers = Map.of("name", List.of(bytes("first"), bytes("second")));
        broker.push(new StateRecord("0", "1", Instant.EPOCH, null, bytes("payload"), headers));
        LatestState<String> state =
                builder().setting("schema.registry.url", "there").open();
        assertThat(state.get()).isEqualTo("models [name=first, name=second] payload");
        state.close();
        assertThat(calls).containsExactly("configure {schema.registry.url=there} false", "close");
    }

    @Test
    void aRecordIsNotRejectedWhileTheRegistryIsAway() {
        trouble = new SerializationException("no schema", new ConnectException("refused"));
        broker.push("payload");
        try (LatestState<String> state = builder().open()) {
            assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
            assertThat(state.status().rejected()).isZero();
            assertThat(state.status().lastError().orElseThrow()).hasMessageContaining("schema registry");
        }
    }

    /** As the client of Confluent's registry reports an HTTP status. */
    public static final class RestClientException extends java.io.IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        RestClientException(int status) {
            super("status " + status);
            this.status = status;
        }

        public int getStatus() {
            return status;
        }
    }

    static List<RuntimeException> aRecordIsDecodedLaterIfTheRegistryRefuses() {
        return List.of(
                new SerializationException("unavailable", new RestClientException(503)),
                new SerializationException("too many requests", new RestClientException(429)),
                new InvalidConfigurationException("Unauthorized"),
                new SerializationException("handshake", new SSLException("handshake_failure")));
    }

    @ParameterizedTest
    @MethodSource
    void aRecordIsDecodedLaterIfTheRegistryRefuses(RuntimeException refusal) {
        trouble = refusal;
        assertThatThrownBy(() -> KafkaDecoder.of(new Noting()).decode(bytes("payload"), Origin.at("0", "1")))
                .isInstanceOf(DecodeLaterException.class);
    }

    @Test
    void aRecordWhoseSchemaIsNotRegisteredIsRejected() {
        trouble = new SerializationException("Schema not found", new RestClientException(404));
        assertThatThrownBy(() -> KafkaDecoder.of(new Noting()).decode(bytes("payload"), Origin.at("0", "1")))
                .isSameAs(trouble);
    }

    @Test
    void aReferenceInTheSettingsIsResolvedForTheDeserializer(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("registry.properties"), "password=s3cret");
        builder()
                .setting("config.providers", "file")
                .setting("config.providers.file.class", FileConfigProvider.class.getName())
                .setting("registry.password", "${file:" + file + ":password}")
                .open()
                .close();
        assertThat(calls.get(0)).contains("registry.password=s3cret");
    }

    @Test
    void aRecordThatTheDeserializerCannotReadIsRejected() {
        trouble = new SerializationException("not JSON", new java.io.IOException("unexpected end"));
        broker.push("payload");
        try (LatestState<String> state = builder().open()) {
            assertThat(state.status().rejected()).isEqualTo(1);
        }
        trouble = new SerializationException("away", new ConnectException("refused"));
        assertThatThrownBy(() -> KafkaDecoder.of(new Noting()).decode(bytes("payload"), Origin.at("0", "1")))
                .isInstanceOf(DecodeLaterException.class);
    }

    @Test
    void settingsThatTheDeserializerRefusesAreReportedWithoutTheirValues() {
        assertThatThrownBy(() -> builder().setting("wrong", "s3cret").open())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("Noting", "refuses the settings")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    private LatestStateBuilder<String> builder() {
        return LatestState.builder(KafkaDecoder.of(new Noting())).subscriber(broker).stream("models");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
