package io.github.lateststate.cdi;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.spi.LatestStateSubscriber;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds a state's subscriber: a bean if there is one of that name, else what ServiceLoader finds. */
final class SubscriberChoice {

    private final Iterable<LatestStateSubscriber> beans;

    SubscriberChoice(Iterable<LatestStateSubscriber> beans) {
        this.beans = beans;
    }

    void choose(LatestStateBuilder<?> builder, StateConfig configured) {
        Map<String, LatestStateSubscriber> byName = new TreeMap<>();
        beans.forEach(bean -> byName.put(bean.name(), bean));
        String name = configured.subscriber().orElseGet(() -> onlyOne(byName, configured));
        LatestStateSubscriber bean = byName.get(name);
        if (bean == null) {
            builder.subscriber(name);
        } else {
            builder.subscriber(bean);
        }
    }

    private static String onlyOne(Map<String, LatestStateSubscriber> beans, StateConfig configured) {
        Map<String, LatestStateSubscriber> found = new TreeMap<>(beans);
        ServiceLoader.load(LatestStateSubscriber.class)
                .forEach(subscriber -> found.putIfAbsent(subscriber.name(), subscriber));
        if (found.size() == 1) {
            return found.keySet().iterator().next();
        }
        String property = configured.property("subscriber");
        throw new InvalidSettingException(
                property,
                found.isEmpty()
                        ? "Add the artifact state-kafka or state-kinesis: no subscriber is on the class path."
                        : "Set " + property + " to one of " + found.keySet()
                                + ": more than one subscriber is on the class path.");
    }
}
