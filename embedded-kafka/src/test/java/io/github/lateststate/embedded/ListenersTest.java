package io.github.lateststate.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.apache.kafka.common.acl.AclPermissionType.ALLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListenersTest {

    private final TlsStores stores;
    private final EmbeddedKafka kafka;
    private final Clients superUser;

    ListenersTest(@TempDir Path directory) {
        stores = TlsStores.create(directory);
        kafka = EmbeddedKafka.builder()
                .scramListener("SASL")
                .listener("TLS", SecurityProtocol.SSL, stores.brokerProperties())
                .accessControl()
                .start();
        superUser = Clients.of(kafka.bootstrapServers());
    }

    @BeforeAll
    void createTopicAndUser() throws Exception {
        superUser.createTopic("state", 1);
        superUser.send("state", "first");
        try (Admin admin = superUser.admin()) {
            ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("alice", scram, "secret")))
                    .all()
                    .get(30, SECONDS);
        }
    }

    @AfterAll
    void closeKafka() {
        kafka.close();
    }

    @Test
    void aUserMayDoOnlyWhatAnAclAllows() throws Exception {
        Clients alice = Clients.of(kafka.bootstrapServers("SASL"), login("alice", "secret"));
        // the listener learns credentials a moment after they were acknowledged
        await().ignoreExceptionsMatching(SaslAuthenticationException.class::isInstance)
                .untilAsserted(() -> assertThatThrownBy(() -> alice.values("state"))
                        .isInstanceOf(TopicAuthorizationException.class));

        try (Admin admin = superUser.admin()) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, "state", PatternType.LITERAL),
                            new AccessControlEntry("User:alice", "*", AclOperation.READ, ALLOW))))
                    .all()
                    .get(30, SECONDS);
        }

        await().ignoreExceptionsMatching(TopicAuthorizationException.class::isInstance)
                .untilAsserted(() -> assertThat(alice.values("state")).containsExactly("first"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        Clients stranger = Clients.of(kafka.bootstrapServers("SASL"), login("alice", "wrong"));
        assertThatThrownBy(() -> stranger.values("state")).isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void theTlsListenerAcceptsClientsThatTrustItsCertificate(@TempDir Path elsewhere) {
        String address = kafka.bootstrapServers("TLS");
        assertThat(Clients.of(address, stores.clientProperties()).values("state"))
                .containsExactly("first");

        Clients distrustful = Clients.of(address, TlsStores.create(elsewhere).clientProperties());
        assertThatThrownBy(() -> distrustful.values("state")).isInstanceOf(SslAuthenticationException.class);
    }

    @Test
    void theMessageAboutAnUnknownListenerListsTheKnownOnes() {
        assertThatThrownBy(() -> kafka.bootstrapServers("OTHER"))
                .hasMessageContainingAll("OTHER", "PLAINTEXT, SASL, TLS");
    }

    private static Map<String, String> login(String user, String password) {
        String module = "org.apache.kafka.common.security.scram.ScramLoginModule";
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                module + " required username=\"" + user + "\" password=\"" + password + "\";");
    }
}
