package io.github.lateststate.demo.spring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.spring.LatestStates;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The program: a state, and a broker behind it unless KAFKA_TOPIC names a topic of another one. */
@SpringBootApplication
class DemoSpring {

    record Message(@JsonProperty(required = true) int state) {}

    public static void main(String[] args) {
        SpringApplication.run(DemoSpring.class, args);
    }

    @Bean
    @ConditionalOnProperty(name = "KAFKA_TOPIC", havingValue = "false", matchIfMissing = true)
    EmbeddedKafka broker(@Value("${demo.broker.port}") int port) {
        return EmbeddedKafka.builder().port(port).start();
    }

    @Bean // with the broker as a parameter it is opened after it and closed before it
    LatestState<Message> state(LatestStates states, Optional<EmbeddedKafka> broker) {
        return states.json("state", Message.class, state -> state.initial(new Message(0)));
    }
}
