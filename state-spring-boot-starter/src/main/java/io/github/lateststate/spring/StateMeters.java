package io.github.lateststate.spring;

import io.github.lateststate.metrics.LatestResourceMetrics;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.beans.factory.DisposableBean;

/** Measures all states and resources that are beans. The tag {@code name} is the name of the bean. */
final class StateMeters implements MeterBinder, DisposableBean {

    private final StateBeans beans;
    private final Queue<LatestStateMetrics> states = new ConcurrentLinkedQueue<>();
    private final Queue<LatestResourceMetrics> resources = new ConcurrentLinkedQueue<>();

    StateMeters(StateBeans beans) {
        this.beans = beans;
    }

    /** Spring Boot calls it when all beans exist. */
    @Override
    public void bindTo(MeterRegistry registry) {
        beans.states().forEach((name, state) -> {
            LatestStateMetrics metrics = new LatestStateMetrics(state, Tags.of("name", name));
            metrics.bindTo(registry);
            states.add(metrics);
        });
        beans.resources().forEach((name, resource) -> {
            LatestResourceMetrics metrics = new LatestResourceMetrics(resource, Tags.of("name", name));
            metrics.bindTo(registry);
            resources.add(metrics);
        });
    }

    /** A registry may outlive the context, and the next context may have a state of the same name. */
    @Override
    public void destroy() {
        states.forEach(LatestStateMetrics::close);
        resources.forEach(LatestResourceMetrics::close);
    }
}
