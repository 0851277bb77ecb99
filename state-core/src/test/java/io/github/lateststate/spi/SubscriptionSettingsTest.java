package io.github.lateststate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionSettingsTest {

    private final SubscriptionSettings plain = new SubscriptionSettings("models", Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void theStreamMustHaveAName(String blank) {
        assertThatThrownBy(() -> new SubscriptionSettings(blank, Map.of()))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("stream"));
    }

    @Test
    void theSettingsAreCopied() {
        Map<String, String> mutable = new HashMap<>(Map.of("a", "1"));
        SubscriptionSettings settings = new SubscriptionSettings("models", mutable);
        mutable.put("b", "2");
        assertThat(settings.settings()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void withReturnsACopyThatAddsOrReplacesASetting() {
        SubscriptionSettings first = plain.with("a", "1");
        assertThat(first.with("a", "2").with("b", "3").settings()).isEqualTo(Map.of("a", "2", "b", "3"));
        assertThat(first.settings()).isEqualTo(Map.of("a", "1"));
        assertThat(plain.settings()).isEmpty();
    }

    @Test
    void clientSettingsAreAllExceptTheLibrarysOwnInOrder() {
        SubscriptionSettings settings =
                plain.with("state.a", "1").with("z", "2").with("statement", "3");
        assertThat(settings.clientSettings()).containsExactly(Map.entry("statement", "3"), Map.entry("z", "2"));
    }

    @Test
    void anUnknownOwnSettingIsRefusedWithAListOfTheKnownOnes() {
        SubscriptionSettings settings = plain.with("state.topic", "x");
        assertThatThrownBy(() -> settings.requireKnown(Set.of("state.stream", "state.create.topic")))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("state.topic"))
                .hasMessageContaining("state.create.topic, state.group.prefix, state.stream");
    }

    @Test
    void knownSettingsAndClientSettingsAreAccepted() {
        plain.with("state.known", "1")
                .with(SubscriptionSettings.GROUP_PREFIX, "pre")
                .with("bootstrap.servers", "localhost:9092")
                .requireKnown(Set.of("state.known"));
    }

    @Test
    void aFlagIsTrueOrFalseAndFalseByDefault() {
        assertThat(plain.flag("state.flag")).isFalse();
        assertThat(plain.with("state.flag", "true").flag("state.flag")).isTrue();
        assertThat(plain.with("state.flag", "false").flag("state.flag")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1", ""})
    void aMalformedFlagIsRefusedWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> plain.with("state.flag", value).flag("state.flag"))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("state.flag"))
                .hasMessageContainingAll("state.flag", "true")
                .hasMessageNotContaining("'" + value + "'");
    }

    @Test
    void everyGroupIsDifferent() {
        assertThat(plain.newGroup())
                .matches("group-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                .isNotEqualTo(plain.newGroup());
        assertThat(plain.with(SubscriptionSettings.GROUP_PREFIX, "blue").newGroup())
                .startsWith("blue-");
    }

    @Test
    void toStringHidesTheValues() {
        assertThat(plain.with("sasl.jaas.config", "secret").with("a", "1"))
                .hasToString("stream models with settings [a, sasl.jaas.config]");
    }
}
