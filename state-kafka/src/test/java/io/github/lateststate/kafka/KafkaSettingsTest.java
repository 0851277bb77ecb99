package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

    private static final SubscriptionSettings VALID =
            new SubscriptionSettings("models", Map.of("bootstrap.servers", "broker:9092"));

    @ParameterizedTest
    @CsvSource({
        "group.id, each instance has a group of its own; state.group.prefix sets its prefix",
        "client.id, each instance has a group of its own; state.group.prefix sets its prefix",
        "group.instance.id, no consumer group is joined",
        "group.protocol, no consumer group is joined",
        "group.remote.assignor, no consumer group is joined",
        "enable.auto.commit, nothing is committed",
        "key.deserializer, records are read as bytes",
        "value.deserializer, records are read as bytes",
        "auto.offset.reset, a reset would skip the newest record",
        "allow.auto.create.topics, set state.create.topic=true"
    })
    void aSettingThatWouldBreakAPromiseIsRefusedByNameWithTheReason(String name, String reason) {
        assertRefused(VALID.with(name, "x"), name)
                .withMessageContaining("The setting " + name + " cannot be given")
                .withMessageContaining(reason);
    }

    @Test
    void aMalformedNumberIsRefused() {
        assertRefused(VALID.with("fetch.max.wait.ms", "soon"), "fetch.max.wait.ms")
                .withMessageContaining("Kafka refuses the setting fetch.max.wait.ms")
                .withMessageContaining("Not a number of type INT")
                .withMessageNotContaining("soon");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        assertRefused(VALID.with("max.poll.records", "0"), "max.poll.records").withMessageContaining("at least 1");
    }

    @Test
    void missingBootstrapServersAreRefused() {
        assertRefused(new SubscriptionSettings("models", Map.of()), "bootstrap.servers")
                .withMessageContaining("name the brokers, for example localhost:9092");
    }

    @Test
    void blankBootstrapServersAreRefused() {
        assertRefused(VALID.with("bootstrap.servers", " "), "bootstrap.servers").withMessageContaining("missing");
    }

    @Test
    void anUnknownOwnSettingIsRefusedWithAListOfTheKnownOnes() {
        assertRefused(VALID.with("state.create.topics", "true"), "state.create.topics")
                .withMessageContaining(
                        "The known ones are state.create.topic, state.group.prefix, state.share.clients.");
    }

    @Test
    void theDefaultIsolationLevelIsReadCommitted() {
        assertThat(KafkaSettings.of(VALID).isolation()).isEqualTo(IsolationLevel.READ_COMMITTED);
        assertThat(KafkaSettings.of(VALID).consumer()).containsEntry("isolation.level", "read_committed");
        KafkaSettings uncommitted = KafkaSettings.of(VALID.with("isolation.level", "read_uncommitted"));
        assertThat(uncommitted.isolation()).isEqualTo(IsolationLevel.READ_UNCOMMITTED);
        assertThat(uncommitted.consumer()).containsEntry("isolation.level", "read_uncommitted");
    }

    @Test
    void anUnknownIsolationLevelIsRefused() {
        assertRefused(VALID.with("isolation.level", "committed"), "isolation.level")
                .withMessageContaining("write read_committed or read_uncommitted");
    }

    @Test
    void clientsAreNotSharedByDefault() {
        assertThat(KafkaSettings.of(VALID).shareClients()).isFalse();
        assertThat(KafkaSettings.of(VALID.with("state.share.clients", "true")).shareClients())
                .isTrue();
    }

    @Test
    void theTopicIsNotCreatedByDefault() {
        assertThat(KafkaSettings.of(VALID).createTopic()).isFalse();
        assertThat(KafkaSettings.of(VALID.with("state.create.topic", "true")).createTopic())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"security.protocol", "sasl.jaas.config", "ssl.truststore.location", "my.login.url"})
    void securitySettingsGoToEveryClientUnchanged(String name) {
        String value = name.equals("security.protocol") ? "SASL_SSL" : "any";
        KafkaSettings settings = KafkaSettings.of(VALID.with(name, value));
        assertThat(settings.consumer()).containsEntry(name, value);
        assertThat(settings.lookBackConsumer()).containsEntry(name, value);
        assertThat(settings.admin()).containsEntry(name, value);
    }

    @Test
    void settingsForConsumersOnlyDoNotGoToTheAdminClient() {
        KafkaSettings settings = KafkaSettings.of(VALID.with("max.poll.records", "7"));
        assertThat(settings.consumer()).containsEntry("max.poll.records", "7");
        assertThat(settings.admin()).doesNotContainKey("max.poll.records");
    }

    /** Otherwise it would bootstrap again in a loop during an outage, and log each time. */
    @Test
    void theAdminClientDoesNotBootstrapAgainByDefault() {
        assertThat(KafkaSettings.of(VALID).admin()).containsEntry("metadata.recovery.strategy", "none");
        assertThat(KafkaSettings.of(VALID).consumer()).doesNotContainKey("metadata.recovery.strategy");
        assertThat(KafkaSettings.of(VALID.with("metadata.recovery.strategy", "rebootstrap"))
                        .admin())
                .containsEntry("metadata.recovery.strategy", "rebootstrap");
    }

    @Test
    void anIdleStateFetchesLessOftenThanKafkasDefaultUnlessItShares() {
        assertThat(KafkaSettings.of(VALID).consumer()).containsEntry("fetch.max.wait.ms", "750");
        assertThat(KafkaSettings.of(VALID.with("state.share.clients", "true")).consumer())
                .containsEntry("fetch.max.wait.ms", "500");
    }

    @Test
    void theLookBackDoesNotWaitForFutureRecords() {
        KafkaSettings settings = KafkaSettings.of(VALID.with("fetch.max.wait.ms", "900"));
        assertThat(settings.lookBackConsumer()).containsEntry("fetch.max.wait.ms", "10");
        assertThat(settings.consumer()).containsEntry("fetch.max.wait.ms", "900");
    }

    /** Unlike a consumer, an admin client refuses a request time-out that is longer than that of the call. */
    @ParameterizedTest
    @CsvSource({"5000, , 5000", "20000, 30000, 20000", "60000, 7000, 7000", ", 120000, 60000", ", , 30000"})
    void noAdminRequestTakesLongerThanItsCall(@Nullable String call, @Nullable String request, String expected) {
        SubscriptionSettings given = VALID.with("bootstrap.servers", "127.0.0.1:9");
        given = call == null ? given : given.with("default.api.timeout.ms", call);
        given = request == null ? given : given.with("request.timeout.ms", request);
        KafkaSettings settings = KafkaSettings.of(given);
        assertThat(settings.admin()).containsEntry("request.timeout.ms", expected);
        Admin.create(settings.admin()).close(Duration.ZERO);
        assertThat(settings.consumer().get("request.timeout.ms")).isEqualTo(request);
    }

    @Test
    void settingsForTheAdminClientOnlyAreCheckedToo() {
        assertRefused(VALID.with("retries", "-1"), "retries").withMessageContaining("at least 0");
        assertRefused(VALID.with("bootstrap.controllers", "a:1"), "bootstrap.controllers")
                .withMessageContaining("set bootstrap.servers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice:pw@host:9092",
                "good:9092,alice:pw@host:9092",
                "alice:pw:9092",
                "SASL_SSL://alice:pw@host:9092",
                "pw",
                "pw:port",
                "host:9092/pw",
                "[pw]:9092"
            })
    void aBrokerThatIsNotAHostAndPortIsRefusedWithoutShowingIt(String servers) {
        assertRefused(VALID.with("bootstrap.servers", servers), "bootstrap.servers")
                .withMessageContaining("write host:port, without credentials")
                .withMessageNotContaining("pw")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "'a:1, b:2', 'a:1,b:2'",
        "SASL_SSL://broker-1.example.org:9092, broker-1.example.org:9092",
        "my_broker:9092, my_broker:9092",
        "[::1]:9092, [::1]:9092",
        "'a:1,b:2,c:3,d:4,e:5,f:6,g:7', 'a:1,b:2,c:3,d:4,e:5 and 2 more'"
    })
    void brokersAreShownByHostAndPort(String servers, String shown) {
        assertThat(KafkaSettings.of(VALID.with("bootstrap.servers", servers)).brokers())
                .isEqualTo(shown);
    }

    @Test
    void everyClientHasTheInstancesOwnName() {
        KafkaSettings settings = KafkaSettings.of(VALID.with("state.group.prefix", "pricing"));
        assertThat(settings.group()).startsWith("pricing-");
        assertThat(settings.consumer())
                .containsEntry("group.id", settings.group())
                .containsEntry("client.id", settings.group());
        assertThat(settings.admin()).containsEntry("client.id", settings.group());
    }

    @Test
    void consumersResetNoPositionCommitNothingAndCreateNoTopic() {
        assertThat(KafkaSettings.of(VALID).consumer())
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("allow.auto.create.topics", "false");
    }

    @Test
    void toStringHidesTheValues() {
        KafkaSettings settings = KafkaSettings.of(VALID.with("ssl.key.password", "secret"));
        assertThat(settings).asString().contains("models").doesNotContain("secret");
    }

    private static ThrowableAssertAlternative<InvalidSettingException> assertRefused(
            SubscriptionSettings settings, String culprit) {
        return assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> KafkaSettings.of(settings))
                .satisfies(refused -> assertThat(refused.setting()).isEqualTo(culprit));
    }
}
