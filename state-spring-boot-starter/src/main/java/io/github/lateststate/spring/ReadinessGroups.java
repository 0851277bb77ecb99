package io.github.lateststate.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Adds the states to the readiness group that Spring Boot makes. A group that the application configures stays as it is. */
@Order(Ordered.LOWEST_PRECEDENCE) // after the one that makes the group
final class ReadinessGroups implements HealthEndpointGroupsPostProcessor {

    private static final String READINESS = "readiness";
    private static final String CONFIGURED = "management.endpoint.health.group.readiness.include";

    private final Environment environment;

    ReadinessGroups(Environment environment) {
        this.environment = environment;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        HealthEndpointGroup readiness = groups.get(READINESS);
        if (readiness == null || isConfigured()) {
            return groups;
        }
        Map<String, HealthEndpointGroup> all = new LinkedHashMap<>();
        for (String name : groups.getNames()) {
            HealthEndpointGroup group = groups.get(name);
            if (group != null) {
                all.put(name, name.equals(READINESS) ? new ReadinessGroup(group) : group);
            }
        }
        return HealthEndpointGroups.of(groups.getPrimary(), all);
    }

    private boolean isConfigured() {
        return Binder.get(environment)
                .bind(CONFIGURED, Bindable.setOf(String.class))
                .isBound();
    }
}
