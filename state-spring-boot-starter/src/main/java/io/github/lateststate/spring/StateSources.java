package io.github.lateststate.spring;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.spi.LatestStateSubscriber;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** Says where a state's records come from: its subscriber, stream, settings and snapshot. In a test that is memory. */
final class StateSources {

    private final SubscriberChoice subscribers;
    private final ObjectProvider<ConnectionSettings> connections;
    private final ObjectProvider<InMemoryStreams> inMemory;

    StateSources(
            ObjectProvider<LatestStateSubscriber> subscribers,
            ObjectProvider<ConnectionSettings> connections,
            ObjectProvider<InMemoryStreams> inMemory) {
        this.subscribers = new SubscriberChoice(subscribers);
        this.connections = connections;
        this.inMemory = inMemory;
    }

    void set(LatestStateBuilder<?> builder, String name, StateProperties configured) {
        InMemoryStreams streams = inMemory.getIfAvailable();
        if (streams != null) {
            builder.subscriber(streams.of(name)).stream(configured.stream() == null ? name : configured.stream());
            return;
        }
        String subscriber = subscribers.choose(builder, configured.subscriber());
        if (configured.stream() == null) {
            throw new InvalidSettingException("stream", "no stream is named");
        }
        builder.stream(configured.stream());
        builder.settings(() -> connection(subscriber)); // asked again if the broker refuses the credentials
        builder.settings(configured.settings());
        snapshot(builder, configured.snapshot());
    }

    private Map<String, String> connection(String subscriber) {
        Map<String, String> all = new HashMap<>();
        connections
                .orderedStream()
                .filter(connection -> connection.subscriber().equals(subscriber))
                .forEach(connection -> all.putAll(connection.current()));
        return all;
    }

    private static void snapshot(LatestStateBuilder<?> builder, StateProperties.Snapshot snapshot) {
        if (snapshot.path() == null) {
            return;
        }
        if (snapshot.maxAge() == null) {
            builder.snapshot(snapshot.path());
        } else {
            builder.snapshot(snapshot.path(), snapshot.maxAge());
        }
    }
}
