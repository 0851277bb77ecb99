package io.github.lateststate.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.util.Throwables.getStackTrace;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.testing.InMemorySubscriber;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in whatever CDI container is on the class path: see the pom. */
class LatestStatesTest {

    private static final String MODEL = "latest-state.states.model.";

    private final Map<String, String> properties = new HashMap<>(Map.of(
            MODEL + "stream",
            "models",
            MODEL + "subscriber",
            "in-memory",
            "latest-state.states.prices.stream",
            "prices",
            "latest-state.states.prices.subscriber",
            "in-memory"));

    @BeforeEach
    void startAnew() {
        Application.SEEN.clear();
        Application.OPENED.clear();
        Application.broker = new InMemorySubscriber();
    }

    @AfterEach
    void goBackToTheClassLoaderOfTheTests() {
        Thread.currentThread().setContextClassLoader(LatestStatesTest.class.getClassLoader());
    }

    @Test
    void aStateIsABeanThatFollowsItsStream() {
        try (SeContainer container = started()) {
            LatestState<String> model = state(container, "model");
            Application.broker.push("seven");
            assertThat(model.get()).isEqualTo("seven");
            assertThat(model.stream()).isEqualTo("models");
        }
    }

    @Test
    void aStateFollowsATopicOfARealBroker() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            Map<String, Object> producing = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(producing)) {
                admin.createTopics(List.of(new NewTopic("models", 1, (short) 1)))
                        .all()
                        .get();
            }
            try (var producer = new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("models", "seven")).get();
            }
            properties.put(MODEL + "subscriber", "kafka");
            properties.put(MODEL + "settings.bootstrap.servers", kafka.bootstrapServers());
            properties.put(MODEL + "await-ready", "PT60S");
            try (SeContainer container = started()) {
                assertThat(state(container, "model").get()).isEqualTo("seven");
            }
        }
    }

    @Test
    void statesAreOpenedWhenTheContainerStartsAndBeforeTheApplicationUsesThem() {
        Application.broker.push("first");
        try (SeContainer container = started()) {
            assertThat(container.isRunning()).isTrue();
            assertThat(Application.SEEN).containsExactly("opened", "started with Optional[first]");
        }
    }

    @Test
    void theBuilderCanSayMoreThanProperties() {
        try (SeContainer container = started()) {
            assertThat(state(container, "prices").get()).isEqualTo("none");
        }
    }

    @Test
    void onlyRecordsWithTheKeyAreTaken() {
        properties.put(MODEL + "key", "churn");
        try (SeContainer container = started()) {
            Application.broker.push("churn", "mine");
            Application.broker.push("price", "another's");
            assertThat(state(container, "model").get()).isEqualTo("mine");
        }
    }

    @Test
    void theSnapshotIsWhereThePropertySays(@TempDir Path directory) {
        properties.put(MODEL + "snapshot.path", directory.resolve("model").toString());
        properties.put(MODEL + "snapshot.max-age", "PT1H");
        Application.broker.push("kept");
        started().close();
        assertThat(Files.exists(directory.resolve("model"))).isTrue();

        Application.broker = new InMemorySubscriber();
        Application.broker.interrupt(new IOException("away"));
        try (SeContainer container = started()) {
            assertThat(state(container, "model").get()).isEqualTo("kept");
        }
    }

    @Test
    void theApplicationMayUseItsStatesAndResourcesUntilItHasStopped() {
        try (SeContainer container = started()) {
            Application.broker.push("seven");
            LatestResource<String, Integer> length = container
                    .select(new TypeLiteral<LatestResource<String, Integer>>() {})
                    .get();
            length.awaitReady(Duration.ofSeconds(30));
        }
        assertThat(Application.SEEN).endsWith("stopping while LIVE", "disposed of Optional[5]");
        assertThat(Application.OPENED)
                .extracting(state -> state.status().phase())
                .containsExactly(Phase.CLOSED);
    }

    @Test
    void theStartWaitsForTheStateAndSaysWhatItWaitedFor() {
        properties.put(MODEL + "await-ready", "PT0.001S");
        Application.broker.interrupt(new IOException("away"));
        assertThatThrownBy(this::started)
                .hasStackTraceContaining(NotReadyException.class.getName())
                .hasStackTraceContaining("The state of 'models' is not ready after PT0.001S")
                .hasStackTraceContaining("away");
        assertThat(Application.OPENED)
                .extracting(state -> state.status().phase())
                .containsExactly(Phase.CLOSED);
    }

    @Test
    void aStateThatIsNotConfiguredIsNamed() {
        properties.remove(MODEL + "stream");
        properties.remove(MODEL + "subscriber");
        assertRefused("Set latest-state.states.model.stream to the topic or stream. Configured are: [prices]");
    }

    @Test
    void aPropertyThatDoesNotExistIsRefused() {
        properties.put(MODEL + "await-redy", "PT1S");
        assertRefused(
                "Remove or correct latest-state.states.model.await-redy: there is no such property. There are settings.* and [");
    }

    @Test
    void textThatIsNotADurationIsRefused() {
        properties.put(MODEL + "await-ready", "soon");
        assertRefused("latest-state.states.model.await-ready is not a duration. Write it as PT30S.");
    }

    @Test
    void aSettingThatIsRefusedIsNamedWithoutItsValue() {
        properties.put(MODEL + "subscriber", "kafka");
        properties.put(MODEL + "settings.bootstrap.servers", "localhost:9092");
        properties.put(MODEL + "settings.isolation.level", "secret");
        assertThatThrownBy(this::started)
                .hasStackTraceContaining("The latest state 'model' cannot be opened: ")
                .hasStackTraceContaining("isolation.level")
                .satisfies(refused -> assertThat(getStackTrace(refused)).doesNotContain("secret"));
    }

    @Test
    void aSubscriberThatIsNotThereIsNamed() {
        properties.put(MODEL + "subscriber", "kinesis");
        assertRefused("There is no subscriber named 'kinesis'");
    }

    @Test
    void twoSubscribersAreDistinguishedByTheProperty() {
        properties.remove(MODEL + "subscriber");
        assertRefused("Set latest-state.states.model.subscriber to one of [in-memory, kafka]");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::started).hasStackTraceContaining(message);
    }

    /** A container and its configuration belong to a class loader. OpenWebBeans keeps one whose start failed. */
    private SeContainer started() {
        ClassLoader own = new URLClassLoader(new URL[0], LatestStatesTest.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(own);
        ConfigProviderResolver.instance().registerConfig(configured(), own);
        return SeContainerInitializer.newInstance().initialize();
    }

    private Config configured() {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }

    private static LatestState<String> state(SeContainer container, String name) {
        return container
                .select(new TypeLiteral<LatestState<String>>() {}, NamedLiteral.of(name))
                .get();
    }
}
