package io.github.lateststate.spring;

import io.github.lateststate.kinesis.KinesisSubscriber;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Follows streams by the application's own client, if it has one. Without one the AWS SDK finds region, endpoint and credentials. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE) // after each that may bring a client or a subscriber
@ConditionalOnClass({KinesisSubscriber.class, KinesisAsyncClient.class})
@ConditionalOnSingleCandidate(KinesisAsyncClient.class)
class LatestStateKinesisAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KinesisSubscriber latestStateKinesisSubscriber(KinesisAsyncClient client) {
        return new KinesisSubscriber(client);
    }
}
