package io.github.lateststate.kafka;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers which thread creates a client that gets it through {@code metric.reporters}. */
public final class CreatorReporter extends ConfiguredReporter {

    private static volatile @Nullable Thread creator;

    /** For the client that creates it. */
    public CreatorReporter() {}

    /** The thread that created the last client; empty if none was created. */
    static Optional<Thread> creator() {
        return Optional.ofNullable(creator);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        creator = Thread.currentThread();
    }
}
