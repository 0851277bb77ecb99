package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings whose values are stored elsewhere, as Kafka's own clients allow. */
class ConfigProvidersTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    @TempDir
    Path directory;

    private final String topic = broker.clients().topic();
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = directory.resolve("client.properties");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "brokers=" + broker.bootstrapServers(),
                        "protocol=PLAINTEXT",
                        "level=read_uncommitted",
                        "wait=100",
                        "short=5000",
                        "on=true",
                        "broken=s3cret-value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aStateOpensWithEachConfigProvider(String sharing) {
        broker.clients().publish(topic, "value");
        try (LatestState<String> state = following()
                .setting("bootstrap.servers", in("brokers"))
                .setting("security.protocol", in("protocol"))
                .setting("isolation.level", in("level"))
                .setting("fetch.max.wait.ms", in("wait"))
                .setting("default.api.timeout.ms", in("short"))
                .setting("check.crcs", in("on"))
                .setting("state.share.clients", sharing)
                .open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @Test
    void environmentVariablesCanNameConfigProviders() {
        broker.clients().publish(topic, "value");
        Map<String, String> env = Map.of(
                "KAFKA_TOPIC", topic,
                "KAFKA_BOOTSTRAP_SERVERS", in("brokers"),
                "KAFKA_SECURITY_PROTOCOL", in("protocol"),
                "KAFKA_CONFIG_PROVIDERS", "file",
                "KAFKA_CONFIG_PROVIDERS_FILE_CLASS", FileConfigProvider.class.getName(),
                "KAFKA_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS", directory.toString());
        try (LatestState<String> state =
                LatestState.builder(SharedBroker.TEXT).environment(env).open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @CsvSource({"security.protocol", "isolation.level", "fetch.max.wait.ms", "bootstrap.servers", "check.crcs"})
    void aWrongValueFromAProviderIsRefusedWithoutShowingIt(String name) {
        assertRefused(name, in("broken"), "s3cret");
    }

    @ParameterizedTest
    @CsvSource({"security.protocol", "sasl.jaas.config", "bootstrap.servers"})
    void aFileThatCannotBeReadIsRefusedAndTheSettingIsNamed(String name) {
        assertRefused(name, "${file:" + directory.resolve("none-there") + ":x}", "none-there");
    }

    @Test
    void aProviderThatCannotBeLoadedIsRefused() {
        LatestStateBuilder<String> builder = following()
                .setting("config.providers.file.class", "no.such.Class")
                .setting("a", in("on"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder::open)
                .withMessageContaining("config.providers")
                .withMessageNotContaining("no.such.Class")
                .returns("config.providers", InvalidSettingException::setting);
    }

    private void assertRefused(String name, String value, String unseen) {
        LatestStateBuilder<String> builder = following().setting(name, value);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder::open)
                .withMessageContaining(name)
                .withMessageNotContaining(unseen)
                .withNoCause()
                .returns(name, InvalidSettingException::setting);
    }

    private LatestStateBuilder<String> following() {
        return broker.text(topic)
                .setting("config.providers", "file")
                .setting("config.providers.file.class", FileConfigProvider.class.getName());
    }

    private String in(String key) {
        return "${file:" + file + ":" + key + "}";
    }
}
