package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings are reported at once, without their values, and nothing starts. */
class SettingsErrorsTest {

    private final RecordingSink sink = new RecordingSink(payload -> true);

    @ParameterizedTest
    @CsvSource({
        "state.fan.out, sometimes, polling or enhanced",
        "state.no.such, 1, state.fan.out",
        "regoin, eu-west-1, region",
        "region, 'eu west', eu-west-1",
        "endpoint, localhost, http://",
        "endpoint, 'http://a b', http://",
        "state.group.prefix, my group, letters",
    })
    void aWrongSettingIsRefusedWithAdvice(String name, String value, String advice) {
        SubscriptionSettings settings = new SubscriptionSettings("models", Map.of(name, value));
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(name))
                .hasMessageContainingAll(name, advice);
    }

    @ParameterizedTest
    @CsvSource({
        "state.fan.out, s3cr3t",
        "region, s3cr3t!",
        "endpoint, s3cr3t",
        "endpoint, 'http://s3cr3t b'",
        "state.group.prefix, s3cr3t!",
        "stream, s3cr3t!",
        "stream, 'arn:s3cr3t'",
    })
    void noMessageRepeatsAValue(String name, String value) {
        boolean isStream = name.equals("stream");
        SubscriptionSettings settings =
                new SubscriptionSettings(isStream ? value : "models", isStream ? Map.of() : Map.of(name, value));
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOf(InvalidSettingException.class)
                .satisfies(thrown -> assertThat(thrown).hasMessageContaining(name))
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("s3cr3t"));
    }

    @Test
    void aWrongFanOutInTheEnvironmentIsNotRepeatedInTheMessage() {
        assertThatThrownBy(() -> new KinesisSubscriber().settingsIn(Map.of("KINESIS_FAN_OUT", "s3cr3t")))
                .hasMessageContaining("KINESIS_FAN_OUT")
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("s3cr3t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "ümlaut", "a/b"})
    void anInvalidStreamNameIsRefused(String stream) {
        SubscriptionSettings settings = new SubscriptionSettings(stream, Map.of());
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:",
                "arn:aws:kinesis:us-east-1:123456789012:stream/",
                "arn:aws:kinesis:us-east-1:12345:stream/models",
                "arn:aws:kinesis::123456789012:stream/models",
                "arn:aws:sqs:us-east-1:123456789012:models",
                "arn:aws:kinesis:us-east-1:123456789012:stream/models/consumer/c:1"
            })
    void aMalformedArnIsRefusedInOneSentence(String arn) {
        SubscriptionSettings settings = new SubscriptionSettings(arn, Map.of());
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The stream is not the ARN of a Kinesis stream:"
                        + " write arn:aws:kinesis:REGION:ACCOUNT:stream/NAME, with an account of 12 digits.");
    }

    @Test
    void theGroupMayBeAsLongAsAConsumersNameButNotLonger() {
        String prefix = "p".repeat(128 - 37); // a hyphen and a random id follow
        assertThat(KinesisSettings.of(settings(prefix)).group()).hasSize(128);
        assertThatThrownBy(() -> KinesisSettings.of(settings(prefix + "p")))
                .isInstanceOf(InvalidSettingException.class);
    }

    private static SubscriptionSettings settings(String prefix) {
        return new SubscriptionSettings("models", Map.of(SubscriptionSettings.GROUP_PREFIX, prefix));
    }
}
