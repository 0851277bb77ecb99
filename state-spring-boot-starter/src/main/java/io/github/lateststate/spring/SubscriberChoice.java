package io.github.lateststate.spring;

import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.spi.LatestStateSubscriber;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

/** Finds a state's subscriber: a bean if there is one of that name, else what ServiceLoader finds. */
final class SubscriberChoice {

    private final ObjectProvider<LatestStateSubscriber> beans;

    SubscriberChoice(ObjectProvider<LatestStateSubscriber> beans) {
        this.beans = beans;
    }

    /** Sets the builder's subscriber. Returns its name. */
    String choose(LatestStateBuilder<?> builder, @Nullable String configured) {
        String name = configured == null ? onlyOne() : configured;
        LatestStateSubscriber bean = beansByName().get(name);
        if (bean == null) {
            builder.subscriber(name);
        } else {
            builder.subscriber(bean);
        }
        return name;
    }

    private String onlyOne() {
        Map<String, LatestStateSubscriber> found = beansByName();
        ServiceLoader.load(LatestStateSubscriber.class, ClassUtils.getDefaultClassLoader())
                .forEach(subscriber -> found.putIfAbsent(subscriber.name(), subscriber));
        if (found.size() != 1) {
            throw new ChooseSubscriberException(List.copyOf(found.keySet()));
        }
        return found.keySet().iterator().next();
    }

    private Map<String, LatestStateSubscriber> beansByName() {
        Map<String, LatestStateSubscriber> byName = new TreeMap<>();
        beans.orderedStream().forEach(subscriber -> byName.putIfAbsent(subscriber.name(), subscriber));
        return byName;
    }
}
