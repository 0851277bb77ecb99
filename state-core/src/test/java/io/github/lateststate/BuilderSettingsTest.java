package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuilderSettingsTest {

    private final Recorder recorder = new Recorder();

    /** Reads all variables as settings, and one as the stream. */
    private static final class Recorder implements LatestStateSubscriber {

        private final ManualSubscriber broker = new ManualSubscriber();
        private @Nullable SubscriptionSettings settings;

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Optional<String> streamIn(Map<String, String> env) {
            return Optional.ofNullable(env.get("STREAM"));
        }

        @Override
        public Map<String, String> settingsIn(Map<String, String> env) {
            return env;
        }

        @Override
        public Subscription subscribe(SubscriptionSettings given, StateSink sink) {
            settings = given;
            return broker.subscribe(given, sink);
        }
    }

    @Test
    void theEnvironmentDoesNotOverwriteSettingsByHandWhateverTheOrder() {
        Map<String, String> env = Map.of("STREAM", "from-env", "a", "env", "b", "env");
        opened(builder().environment(env).stream("by-hand").setting("a", "hand"));
        assertThat(seen().stream()).isEqualTo("by-hand");
        assertThat(seen().settings()).isEqualTo(Map.of("STREAM", "from-env", "a", "hand", "b", "env"));
        opened(builder().setting("a", "hand").environment(env));
        assertThat(seen().stream()).isEqualTo("from-env");
        assertThat(seen().settings()).containsEntry("a", "hand").containsEntry("b", "env");
    }

    @Test
    void aSubscriberReadsTheEnvironmentWhetherItIsChosenBeforeOrAfter() {
        Map<String, String> env = Map.of("STREAM", "models", "a", "env");
        opened(builder().environment(env));
        assertThat(seen()).isEqualTo(new SubscriptionSettings("models", env));
        opened(LatestState.builder(ManualSubscriber.TEXT).environment(env).subscriber(recorder));
        assertThat(seen()).isEqualTo(new SubscriptionSettings("models", env));
    }

    @Test
    void anEnvironmentThatNamesNoStreamStillGivesSettings() {
        Map<String, String> env = Map.of("a", "env");
        opened(builder().stream("by-hand").environment(env));
        assertThat(seen()).isEqualTo(new SubscriptionSettings("by-hand", env));
        opened(LatestState.builder(ManualSubscriber.TEXT).environment(env).subscriber(recorder).stream("by-hand"));
        assertThat(seen()).isEqualTo(new SubscriptionSettings("by-hand", env));
    }

    @Test
    void aStreamThatNeitherTheEnvironmentNorTheCallerNamesIsAnError() {
        assertThatThrownBy(() -> builder().environment(Map.of("a", "env")).open())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("call stream(");
    }

    @Test
    void settingsMayBeMapsAndProperties() {
        Properties defaults = new Properties();
        defaults.setProperty("default", "1");
        Properties properties = new Properties(defaults);
        properties.setProperty("a", "properties");
        Map<String, Object> typed =
                Map.of("a", "map", "class", String.class, "list", List.of("x", 7), "number", 8, "flag", true);
        opened(builder().stream("models").settings(typed).settings(properties));
        assertThat(seen().settings())
                .isEqualTo(Map.of(
                        "a",
                        "properties",
                        "class",
                        "java.lang.String",
                        "list",
                        "x,7",
                        "number",
                        "8",
                        "flag",
                        "true",
                        "default",
                        "1"));
    }

    @Test
    void aSettingWithoutAValueIsRefusedAndNamed() {
        Map<String, @Nullable String> settings = new HashMap<>();
        settings.put("password", null);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder().settings(settings))
                .withMessageContaining("password")
                .satisfies(thrown -> assertThat(thrown.setting()).isEqualTo("password"));
    }

    @Test
    void aSupplierIsAskedAgainLosesToSettingsByHandAndWinsOverTheEnvironment() {
        AtomicReference<String> password = new AtomicReference<>("old");
        opened(builder()
                .settings(() -> Map.of("password", password.get(), "a", "supplier", "b", "supplier"))
                .setting("a", "hand")
                .environment(Map.of("STREAM", "models", "a", "env", "b", "env", "c", "env")));
        assertThat(seen().settings())
                .isEqualTo(Map.of("STREAM", "models", "password", "old", "a", "hand", "b", "supplier", "c", "env"));
        password.set("new");
        SubscriptionSettings renewed = seen().renewed();
        assertThat(renewed.settings()).containsEntry("password", "new").containsEntry("a", "hand");
        assertThat(renewed.renewed()).isEqualTo(renewed);
    }

    @Test
    void settingsWithoutASupplierStayWhatTheyAre() {
        opened(builder().stream("models").setting("a", "1"));
        assertThat(seen().renewed()).isSameAs(seen());
    }

    private LatestStateBuilder<String> builder() {
        return LatestState.builder(ManualSubscriber.TEXT).subscriber(recorder);
    }

    private static void opened(LatestStateBuilder<String> builder) {
        builder.open().close();
    }

    private SubscriptionSettings seen() {
        return Optional.ofNullable(recorder.settings).orElseThrow();
    }
}
