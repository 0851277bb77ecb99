package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.spring.Contexts.ModelRef;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.testcontainers.kafka.KafkaContainer;

/** A state uses all that Spring Boot does for a container of Testcontainers. */
class ServiceConnectionTest {

    @Test
    void theBrokerOfAContainerIsFollowedWithoutAnyPropertyOfKafka() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            System.setProperty(Broker.SERVERS, kafka.bootstrapServers());
            Map<String, Object> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(connection);
                    var producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(List.of(new NewTopic("models", 1, (short) 1)))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>("models", "{\"name\": \"churn\", \"version\": 7}"))
                        .get();
            }
            try (ConfigurableApplicationContext context = SpringApplication.run(
                    Application.class,
                    "--spring.main.web-application-type=none",
                    "--latest-state.states.model.subscriber=kafka",
                    "--latest-state.states.model.stream=models",
                    "--latest-state.states.model.await-ready=30s")) {
                assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("churn", 7));
            }
        } finally {
            System.clearProperty(Broker.SERVERS);
        }
    }

    /** Docker is not everywhere, so the broker of the tests takes the place of what the container would start. */
    static final class Broker extends KafkaContainer {

        private static final String SERVERS = "test.broker";

        Broker() {
            super("apache/kafka");
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getDockerImageName() {
            return "apache/kafka";
        }

        @Override
        public String getBootstrapServers() {
            return System.getProperty(SERVERS);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Contexts.ModelBean.class)
    static class Application {

        @Bean
        @ServiceConnection
        KafkaContainer kafka() {
            return new Broker();
        }
    }
}
