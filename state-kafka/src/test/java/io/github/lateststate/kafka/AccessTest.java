package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords and rights that are wrong, and are fixed while the state is open. */
class AccessTest {

    private static EmbeddedKafka broker;
    private static TestClients clients;

    private String topic;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().scramListener("SASL").accessControl().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        topic = clients.topic();
    }

    @Test
    void theStatusNamesAWrongPasswordAndRecoversWhenTheBrokerAcceptsIt() {
        ScramUser user = user();
        user.acceptedWith("another password", clients.admin());
        user.grantRead(topic, clients.admin());
        clients.publish(topic, "value");
        try (LatestState<String> state = open(user)) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status))
                    .contains("refuses the credentials", "sasl.jaas.config")
                    .doesNotContain(user.password());

            user.acceptedWith(user.password(), clients.admin());
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void theSupplierIsAskedAgainAfterTheBrokerRefusesThePassword(String sharing) {
        ScramUser user = user();
        user.acceptedWith("rotated", clients.admin());
        user.grantRead(topic, clients.admin());
        clients.publish(topic, "value");
        AtomicInteger asked = new AtomicInteger();
        try (LatestState<String> state = States.following(topic, broker.bootstrapServers("SASL"))
                .setting("state.share.clients", sharing)
                .settings(() -> asked.incrementAndGet() < 3
                        ? user.clientSettings()
                        : new ScramUser(user.name(), "rotated").clientSettings())
                .open()) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status))
                    .contains("refuses the credentials")
                    .doesNotContain(user.password());

            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void theStatusNamesAMissingRightAndRecoversWhenItIsGranted() {
        ScramUser user = user();
        clients.publish(topic, "value");
        try (LatestState<String> state = open(user)) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("right is missing", "READ", topic);

            user.grantRead(topic, clients.admin());
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("value");
        }
    }

    @Test
    void theRightToReadTheTopicIsEnough() {
        ScramUser user = user();
        user.grantRead(topic, clients.admin());
        clients.publish(topic, "first");
        try (LatestState<String> state = open(user)) {
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("first");
            clients.publish(topic, "second");
            States.awaitValue(state, "second");
            assertThat(state.status().lastError()).isEmpty();
        }
    }

    @Test
    void aRevokedRightInterruptsTheStateAndTheValueStays() {
        ScramUser user = user();
        user.grantRead(topic, clients.admin());
        clients.publish(topic, "before");
        try (LatestState<String> state = open(user)) {
            States.awaitPhase(state, Phase.LIVE);

            user.revokeRead(topic, clients.admin());
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("right is missing", "READ", topic);
            clients.publish(topic, "meanwhile");
            assertThat(state.get()).isEqualTo("before");

            user.grantRead(topic, clients.admin());
            States.awaitPhase(state, Phase.LIVE);
            assertThat(state.get()).isEqualTo("meanwhile");
        }
    }

    @Test
    void aRevokedRightDoesNotInterruptAnotherStateOnTheSameConsumer() {
        ScramUser user = user();
        String another = clients.topic();
        user.grantRead(topic, clients.admin());
        user.grantRead(another, clients.admin());
        try (LatestState<String> state = sharing(user, topic);
                LatestState<String> other = sharing(user, another)) {
            States.awaitPhase(state, Phase.LIVE);
            States.awaitPhase(other, Phase.LIVE);

            user.revokeRead(topic, clients.admin());
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("right is missing", "READ", topic);
            clients.publish(another, "meanwhile");
            States.awaitValue(other, "meanwhile");

            user.grantRead(topic, clients.admin());
            States.awaitPhase(state, Phase.LIVE);
            clients.publish(topic, "after");
            States.awaitValue(state, "after");
            assertThat(other.status().lastError()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aMissingRightToCreateTheTopicIsNamed(String sharing) {
        ScramUser user = user();
        String missing = TestClients.newName();
        user.grantRead(missing, clients.admin());
        try (LatestState<String> state = following(user, missing, sharing)
                .setting("state.create.topic", "true")
                .open()) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status))
                    .contains("right is missing", "grant this user CREATE on topic '" + missing + "'")
                    .doesNotContain("READ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aDeniedRightToDescribeIsNamed(String sharing) {
        ScramUser user = user();
        user.grantRead(topic, clients.admin());
        user.denyDescribe(topic, clients.admin());
        try (LatestState<String> state = following(user, topic, sharing).open()) {
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("grant this user DESCRIBE on topic '" + topic + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aRightToDescribeThatIsDeniedLaterIsNamed(String sharing) {
        ScramUser user = user();
        user.grantRead(topic, clients.admin());
        try (LatestState<String> state = following(user, topic, sharing).open()) {
            States.awaitPhase(state, Phase.LIVE);
            user.denyDescribe(topic, clients.admin());
            Status status = States.awaitPhase(state, Phase.INTERRUPTED);
            assertThat(States.trouble(status)).contains("grant this user DESCRIBE on topic '" + topic + "'");
        }
    }

    private static LatestStateBuilder<String> following(ScramUser user, String followed, String sharing) {
        return States.following(followed, broker.bootstrapServers("SASL"), user.clientSettings())
                .setting("state.share.clients", sharing);
    }

    /** A user with the password that the settings name. */
    private static ScramUser user() {
        ScramUser user = ScramUser.named("s3cret-password");
        user.acceptedWith(user.password(), clients.admin());
        return user;
    }

    private LatestState<String> open(ScramUser user) {
        return States.following(topic, broker.bootstrapServers("SASL"), user.clientSettings())
                .open();
    }

    private static LatestState<String> sharing(ScramUser user, String followed) {
        return States.following(followed, broker.bootstrapServers("SASL"), user.clientSettings())
                .setting("state.share.clients", "true")
                .open();
    }
}
