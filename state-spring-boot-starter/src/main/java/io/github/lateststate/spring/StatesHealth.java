package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/** The health of all states that are beans, by the names of the beans. */
final class StatesHealth implements CompositeHealthContributor {

    private final StateBeans beans;
    private final Duration maxSilence;

    StatesHealth(StateBeans beans, Duration maxSilence) {
        this.beans = beans;
        this.maxSilence = maxSilence;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        LatestState<?> state = beans.states().get(name);
        return state == null ? null : new StateHealth(state, maxSilence);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return beans.states().entrySet().stream()
                .map(bean -> new HealthContributors.Entry(bean.getKey(), new StateHealth(bean.getValue(), maxSilence)));
    }
}
