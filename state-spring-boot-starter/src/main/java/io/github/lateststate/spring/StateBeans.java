package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** The states and resources that exist as beans by now, by the names of the beans. It creates none. */
final class StateBeans {

    private final ConfigurableListableBeanFactory beans;

    StateBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    Map<String, LatestState<?>> states() {
        Map<String, LatestState<?>> states = new LinkedHashMap<>();
        existing(LatestState.class, (name, bean) -> states.put(name, (LatestState<?>) bean));
        return states;
    }

    Map<String, LatestResource<?, ?>> resources() {
        Map<String, LatestResource<?, ?>> resources = new LinkedHashMap<>();
        existing(LatestResource.class, (name, bean) -> resources.put(name, (LatestResource<?, ?>) bean));
        return resources;
    }

    /** The type of the values of a state, as far as it was declared. */
    ResolvableType valueOf(String state) {
        ResolvableType type = beans.containsBeanDefinition(state)
                ? beans.getMergedBeanDefinition(state).getResolvableType()
                : ResolvableType.forInstance(beans.getBean(state));
        return type.as(LatestState.class).getGeneric();
    }

    private void existing(Class<?> type, BiConsumer<String, Object> found) {
        for (String name : beans.getBeanNamesForType(type, false, false)) {
            Object bean = beans.getSingleton(name);
            if (type.isInstance(bean)) {
                found.accept(name, bean);
            }
        }
    }
}
