package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.TlsStores;
import io.github.lateststate.spring.Contexts.ModelRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** On a real broker. */
class Boot3KafkaTest {

    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Map<String, String> tls;

    private final String topic = "models-" + UUID.randomUUID();
    private final ApplicationContextRunner application = Contexts.plain()
            .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class))
            .withUserConfiguration(Contexts.ModelBean.class)
            .withPropertyValues(
                    "latest-state.states.model.subscriber=kafka",
                    "latest-state.states.model.stream=" + topic,
                    "latest-state.states.model.await-ready=30s",
                    // would be refused, or change what "latest" means
                    "spring.kafka.client-id=mine",
                    "spring.kafka.consumer.group-id=mine",
                    "spring.kafka.consumer.isolation-level=read-uncommitted",
                    "spring.kafka.consumer.auto-offset-reset=latest");

    @BeforeAll
    static void start() {
        TlsStores stores = TlsStores.create(folder);
        tls = stores.clientProperties();
        kafka = EmbeddedKafka.builder()
                .listener("TLS", SecurityProtocol.SSL, stores.brokerProperties())
                .start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void brokersOfSpringKafkaAreFollowed() throws Exception {
        send("{\"name\": \"churn\", \"version\": 7}");
        application
                .withPropertyValues("spring.kafka.bootstrap-servers=" + kafka.bootstrapServers())
                .run(context -> {
                    LatestState<?> model = context.getBean(LatestState.class);
                    assertThat(model.get()).isEqualTo(new ModelRef("churn", 7));
                    send("{\"name\": \"churn\", \"version\": 8}");
                    await().until(() -> model.get().equals(new ModelRef("churn", 8)));
                    assertThat(model.group()).startsWith("group-");
                });
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(topic) || name.startsWith("kafka-admin-client-thread")));
    }

    @Test
    void connectionDetailsWinOverProperties() throws Exception {
        send("{\"name\": \"churn\", \"version\": 7}");
        application
                .withPropertyValues("spring.kafka.bootstrap-servers=" + NOBODY)
                .withBean(KafkaConnectionDetails.class, () -> () -> List.of(kafka.bootstrapServers()))
                .run(context ->
                        assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("churn", 7)));
    }

    @Test
    void settingsOfTheStateWinOverSpringKafka() throws Exception {
        send("{\"name\": \"churn\", \"version\": 7}");
        application
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + NOBODY,
                        "latest-state.states.model.settings.bootstrap.servers=" + kafka.bootstrapServers())
                .run(context ->
                        assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("churn", 7)));
    }

    @Test
    void anSslBundleIsUsed() throws Exception {
        send("{\"name\": \"churn\", \"version\": 7}");
        application
                .withPropertyValues(bundle())
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + kafka.bootstrapServers("TLS"),
                        "spring.kafka.security.protocol=SSL",
                        "spring.kafka.ssl.bundle=brokers")
                .run(context -> {
                    assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("churn", 7));
                    Boot3KafkaConnection connection = context.getBean(Boot3KafkaConnection.class);
                    String key = connection.current().get(BundleKeys.SETTING);
                    assertThat(BundleKeys.bundle(key)).isNotNull();
                    context.close();
                    assertThat(BundleKeys.bundle(key)).isNull();
                });
    }

    @Test
    void theBundleAndTheProtocolOfConnectionDetailsAreUsed() throws Exception {
        send("{\"name\": \"churn\", \"version\": 7}");
        application
                .withPropertyValues(bundle())
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=" + NOBODY, "spring.kafka.security.protocol=PLAINTEXT")
                .withBean(TlsDetails.class)
                .run(context ->
                        assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("churn", 7)));
    }

    @Test
    void aNativeImageCanMakeTheFactoryOfABundle() {
        RuntimeHints hints = new RuntimeHints();
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(Boot3BundleSslEngineFactory.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                .accepts(hints);
    }

    @Test
    void onlyConnectionSettingsAreTaken() {
        Contexts.plain()
                .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class))
                .withPropertyValues(
                        "spring.kafka.bootstrap-servers=one:9092,two:9092",
                        "spring.kafka.consumer.group-id=mine",
                        "spring.kafka.consumer.isolation-level=read-uncommitted",
                        "spring.kafka.consumer.max-poll-records=1",
                        "spring.kafka.properties.sasl.mechanism=PLAIN",
                        "spring.kafka.consumer.security.protocol=SASL_SSL",
                        "spring.kafka.ssl.protocol=TLSv1.3")
                .run(context -> assertThat(
                                context.getBean(Boot3KafkaConnection.class).current())
                        .isEqualTo(Map.of(
                                "bootstrap.servers", "one:9092,two:9092",
                                "sasl.mechanism", "PLAIN",
                                "security.protocol", "SASL_SSL",
                                "ssl.protocol", "TLSv1.3")));
    }

    private void send(String payload) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
            }
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, payload)).get();
            producer.close(Duration.ofSeconds(5));
        }
    }

    private static String[] bundle() {
        return new String[] {
            "spring.ssl.bundle.jks.brokers.truststore.location=file:" + tls.get("ssl.truststore.location"),
            "spring.ssl.bundle.jks.brokers.truststore.password=" + tls.get("ssl.truststore.password"),
            "spring.ssl.bundle.jks.brokers.truststore.type=PKCS12"
        };
    }

    /** As those of a container with TLS. */
    record TlsDetails(SslBundles bundles) implements KafkaConnectionDetails {

        @Override
        public List<String> getBootstrapServers() {
            return List.of(kafka.bootstrapServers("TLS"));
        }

        @Override
        public SslBundle getSslBundle() {
            return bundles.getBundle("brokers");
        }

        @Override
        public String getSecurityProtocol() {
            return "SSL";
        }
    }
}
