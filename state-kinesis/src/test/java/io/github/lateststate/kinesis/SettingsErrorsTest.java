package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are wrong are told at once, and nothing is started. */
class SettingsErrorsTest {

    private final RecordingSink sink = new RecordingSink(payload -> true);

    @ParameterizedTest
    @CsvSource({
        "state.fan.out, sometimes, polling or enhanced",
        "state.no.such, 1, state.fan.out",
        "regoin, eu-west-1, region",
        "endpoint, localhost, http://",
        "endpoint, 'http://a b', http://",
        "state.group.prefix, my group, letters",
    })
    void aWrongSettingIsNamedTogetherWithWhatToWrite(String name, String value, String advice) {
        SubscriptionSettings settings = new SubscriptionSettings("models", Map.of(name, value));
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(name))
                .hasMessageContainingAll(name, advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "ümlaut", "a/b"})
    void aStreamThatCannotExistIsRefused(String stream) {
        SubscriptionSettings settings = new SubscriptionSettings(stream, Map.of());
        assertThatThrownBy(() -> new KinesisSubscriber().subscribe(settings, sink))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(stream);
    }

    @Test
    void theGroupMayBeAsLongAsAConsumersNameAndNoLonger() {
        String prefix = "p".repeat(128 - 37); // a hyphen and a random id follow
        assertThat(KinesisSettings.of(settings(prefix)).group()).hasSize(128);
        assertThatThrownBy(() -> KinesisSettings.of(settings(prefix + "p")))
                .isInstanceOf(InvalidSettingException.class);
    }

    private static SubscriptionSettings settings(String prefix) {
        return new SubscriptionSettings("models", Map.of(SubscriptionSettings.GROUP_PREFIX, prefix));
    }
}
