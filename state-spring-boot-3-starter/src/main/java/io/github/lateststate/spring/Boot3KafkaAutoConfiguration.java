package io.github.lateststate.spring;

import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.context.annotation.Bean;

/** Connects states to the application's own Kafka. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass({Consumer.class, KafkaConnectionDetails.class})
@ConditionalOnBean({KafkaProperties.class, KafkaConnectionDetails.class})
class Boot3KafkaAutoConfiguration {

    @Bean
    Boot3KafkaConnection latestStateKafkaConnection(KafkaProperties properties, KafkaConnectionDetails details) {
        return new Boot3KafkaConnection(properties, details);
    }
}
