package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.NamedContributor;

/** The health of all states that are beans, by the names of the beans. */
final class Boot3StatesHealth implements CompositeHealthContributor {

    private final StateBeans beans;
    private final Duration maxSilence;

    Boot3StatesHealth(StateBeans beans, Duration maxSilence) {
        this.beans = beans;
        this.maxSilence = maxSilence;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        LatestState<?> state = beans.states().get(name);
        return state == null ? null : new Boot3StateHealth(state, maxSilence);
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return beans.states().entrySet().stream()
                .map(bean -> NamedContributor.<HealthContributor>of(
                        bean.getKey(), new Boot3StateHealth(bean.getValue(), maxSilence)))
                .iterator();
    }
}
