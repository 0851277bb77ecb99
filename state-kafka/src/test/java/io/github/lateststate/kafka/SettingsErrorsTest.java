package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.Decoder;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.SubscriberNotFoundException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library reports of wrong settings. It needs no broker for that. */
class SettingsErrorsTest {

    private static final String NOBODY = "127.0.0.1:9";

    private final String topic = TestClients.newName();

    @AfterEach
    void nothingWasStarted() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(topic));
    }

    @Test
    void anUnknownSubscriberNameIsRefusedWithTheKnownOnesAndTheArtifactToAdd() {
        assertThatThrownBy(() -> States.following(topic, NOBODY).subscriber("kinesis"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("'kinesis'", "kafka", "io.github.lateststate:state-kinesis");
    }

    @Test
    void anEnvironmentThatNamesNoStreamIsRefusedWithTheVariablesToSet() {
        assertThatThrownBy(() -> builder()
                        .environment(Map.of("KAFKA_BOOTSTRAP_SERVERS", NOBODY))
                        .open())
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContaining("KAFKA_TOPIC");
    }

    @Test
    void aMalformedVariableIsNamedAsTheUserWroteIt() {
        Map<String, String> env = Map.of("KAFKA_TOPIC", topic, "KAFKA_CREATE_TOPIC", "perhaps");
        assertMalformed(() -> builder().environment(env).open());
    }

    @Test
    void aMalformedVariableIsAlsoNamedIfTheSubscriberIsSetByHand() {
        Map<String, String> env = Map.of("KAFKA_TOPIC", topic, "KAFKA_CREATE_TOPIC", "perhaps");
        assertMalformed(() -> following().environment(env).open());
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(reading)
                .withMessageContainingAll("KAFKA_CREATE_TOPIC", "neither true nor false")
                .withMessageNotContaining("perhaps")
                .returns("KAFKA_CREATE_TOPIC", InvalidSettingException::setting);
    }

    @Test
    void anUnknownOwnSettingIsRefusedWithTheKnownOnes() {
        assertRefused("state.create.topics", "true", "state.create.topic", "state.group.prefix", "state.share.clients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "group.id",
                "client.id",
                "group.instance.id",
                "group.protocol",
                "enable.auto.commit",
                "key.deserializer",
                "value.deserializer",
                "auto.offset.reset",
                "allow.auto.create.topics"
            })
    void aClientSettingThatWouldBreakAPromiseIsRefusedWithTheReason(String name) {
        assertRefused(name, "anything", "cannot be given: ");
    }

    @ParameterizedTest
    @CsvSource({
        "fetch.max.bytes,            many,            Not a number of type INT",
        "fetch.max.wait.ms,          -99,             at least 0",
        "security.protocol,          CARRIER_PIGEON,  PLAINTEXT",
        "isolation.level,            read_tentative,  read_committed or read_uncommitted",
        "state.create.topic,         yes,             neither true nor false",
        "state.share.clients,        perhaps,         neither true nor false",
        "bootstrap.servers,          nowhere,         localhost:9092",
        "bootstrap.servers,          'ab:1,cd',       host:port"
    })
    void aMalformedValueIsRefusedWithTheReason(String name, String value, String said) {
        assertRefused(name, value, said).withMessageNotContaining(value).withNoCause();
    }

    @Test
    void brokersMustBeNamed() {
        assertRefused("bootstrap.servers", " ", "localhost:9092");
    }

    @Test
    void theStreamMustBeNamed() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> States.following(" ", NOBODY).open())
                .returns("stream", InvalidSettingException::setting);
    }

    /** Whether a host resolves is known only when it is tried, and may change. */
    @Test
    void anUnknownHostIsNamedAndRetried() {
        try (LatestState<String> state =
                States.following(topic, "no-such-host.invalid:9092").open()) {
            assertThat(States.trouble(States.awaitPhase(state, Phase.INTERRUPTED)))
                    .contains("no-such-host.invalid:9092", "resolvable");
        }
    }

    private ThrowableAssertAlternative<InvalidSettingException> assertRefused(
            String name, String value, String... said) {
        LatestStateBuilder<String> builder = following().setting(name, value);
        return assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder::open)
                .withMessageContaining(name)
                .withMessageContainingAll(said)
                .returns(name, InvalidSettingException::setting);
    }

    private static LatestStateBuilder<String> builder() {
        return LatestState.builder(Decoder.utf8());
    }

    private LatestStateBuilder<String> following() {
        return States.following(topic, NOBODY);
    }
}
