package io.github.lateststate.spring;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The endpoint, at {@code /actuator/latest-state}. */
@AutoConfiguration(after = LatestStateAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(LatestStateEndpoint.class)
class LatestStateEndpointAutoConfiguration {

    @Bean
    LatestStateEndpoint latestStateEndpoint(StateBeans beans) {
        return new LatestStateEndpoint(beans);
    }

    /** An id may have no hyphen, so the path is set here. */
    @Bean
    PathMapper latestStatePathMapper() {
        return endpoint -> endpoint.equals(EndpointId.of(LatestStateEndpoint.ID)) ? "latest-state" : null;
    }
}
