package io.github.lateststate.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** For tests: streams in memory. Only {@link AutoConfigureInMemoryLatestState} brings it in. */
@AutoConfiguration(before = LatestStateAutoConfiguration.class)
class InMemoryLatestStateAutoConfiguration {

    @Bean
    InMemoryStreams inMemoryStreams() {
        return new InMemoryStreams();
    }
}
