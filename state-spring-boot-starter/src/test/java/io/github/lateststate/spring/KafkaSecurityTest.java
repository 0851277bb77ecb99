package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.spring.Contexts.ModelRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What spring.kafka says of logins is used, and what it says of groups and isolation is not. On a real broker. */
class KafkaSecurityTest {

    private static final String PASSWORD = "rabbit \"hole\" \\";

    private static EmbeddedKafka kafka;

    private final String topic = "models-" + UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.builder().scramListener("LOGIN").start();
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "alice", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void commitOneRecordAndAbortAnother() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "{\"name\": \"committed\", \"version\": 7}"))
                    .get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "{\"name\": \"aborted\", \"version\": 8}"))
                    .get();
            producer.abortTransaction();
        }
    }

    @Test
    void credentialsAmongThePropertiesAreUsed() {
        withLogin()
                .withPropertyValues("spring.kafka.properties.sasl.jaas.config=" + ScramLoginModule.class.getName()
                        + " required username=\"alice\" password=\"rabbit \\\"hole\\\" \\\\\";")
                .run(context ->
                        assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("committed", 7)));
    }

    /** Spring Boot hands it to the JVM only after all beans exist, and then a state may have tried to log in without. */
    @Test
    void theLoginModuleOfTheApplicationIsUsedFromTheBeginning() {
        withLogin()
                .withUserConfiguration(Impatient.class)
                .withPropertyValues(
                        "spring.kafka.jaas.enabled=true",
                        "spring.kafka.jaas.login-module=" + ScramLoginModule.class.getName(),
                        "spring.kafka.jaas.options.username=alice",
                        "spring.kafka.jaas.options.password=" + PASSWORD)
                .run(context ->
                        assertThat(context.getBean(Impatient.class).outcome).isEqualTo(new ModelRef("committed", 7)));
    }

    @Test
    void neitherGroupNorIsolationIsTakenFromAnyPlace() throws Exception {
        application()
                .withPropertyValues(
                        "spring.kafka.properties.group.id=mine",
                        "spring.kafka.properties.isolation.level=read_uncommitted",
                        "spring.kafka.consumer.group-id=mine",
                        "spring.kafka.consumer.isolation-level=read-uncommitted",
                        "spring.kafka.consumer.properties.group.id=mine",
                        "spring.kafka.consumer.properties.isolation.level=read_uncommitted")
                .run(context -> {
                    LatestState<?> model = context.getBean(LatestState.class);
                    assertThat(model.get()).isEqualTo(new ModelRef("committed", 7));
                    assertThat(model.group()).startsWith("group-");
                    assertThat(context.getBean(ConnectionSettings.class).current())
                            .isEqualTo(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                });
        try (Admin admin = admin()) {
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().equals("mine"));
        }
    }

    private ApplicationContextRunner application() {
        return Contexts.plain()
                .withConfiguration(Contexts.ofSpringBoot("KafkaAutoConfiguration", "SslAutoConfiguration"))
                .withUserConfiguration(Contexts.ModelBean.class)
                .withPropertyValues(
                        "latest-state.states.model.subscriber=kafka",
                        "latest-state.states.model.stream=" + topic,
                        "latest-state.states.model.await-ready=30s",
                        "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }

    private ApplicationContextRunner withLogin() {
        return application()
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers("LOGIN"),
                        "spring.kafka.security.protocol=SASL_PLAINTEXT",
                        "spring.kafka.properties.sasl.mechanism=SCRAM-SHA-512");
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Waits in its constructor until the state has its value, or an error. */
    static final class Impatient {

        private final Object outcome;

        Impatient(LatestState<ModelRef> model) {
            outcome = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> model.status()
                                    .lastError()
                                    .<Object>map(error -> error)
                                    .or(model::value),
                            Optional::isPresent)
                    .orElseThrow();
        }
    }
}
