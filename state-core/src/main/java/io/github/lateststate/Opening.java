package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens what a {@link LatestStateBuilder} describes. Not safe for use by several threads at once. */
final class Opening<T> {

    final SettingsPlan settings = new SettingsPlan();
    TimeSource clock = TimeSource.SYSTEM;
    Predicate<Origin> only = origin -> true;

    @Nullable
    LatestStateSubscriber subscriber;

    @Nullable
    String stream;

    @Nullable
    T initial;

    @Nullable
    Executor executor;

    private final Decoder<T> decoder;
    private @Nullable Path snapshotPath;
    private @Nullable Duration snapshotMaxAge;
    private @Nullable Map<String, String> environment;
    private Subscribers.@Nullable Choice chosen;

    Opening(Decoder<T> decoder) {
        this.decoder = decoder;
    }

    /** Takes from these variables what is not set by hand. They choose the subscriber, unless one was chosen before. */
    void environment(Map<String, String> env) {
        environment = Map.copyOf(env);
        chosen = subscriber == null ? Subscribers.onClassPath().chosenBy(env) : null;
    }

    /** Keeps the last good record in this file; without an age, one of any age is served. */
    void snapshot(Path path, @Nullable Duration maxAge) {
        snapshotPath = Objects.requireNonNull(path, "path");
        snapshotMaxAge = maxAge;
    }

    LatestState<T> open() {
        LatestStateSubscriber using = using();
        SubscriptionSettings found = fromEnvironment(using);
        String following = stream == null && found != null ? found.stream() : stream;
        if (following == null) {
            throw new InvalidSettingException("stream", "No stream is named: call stream(\"…\") before open().");
        }
        Supplier<Map<String, String>> all = settings.over(found == null ? Map.of() : found.settings());
        SnapshotFile snapshot = snapshotPath == null
                ? null
                : new SnapshotFile(snapshotPath, using.name() + " '" + following + "'", snapshotMaxAge, clock);
        SubscriptionSettings reached = settings.canChange()
                ? SubscriptionSettings.from(following, all)
                : new SubscriptionSettings(following, all.get());
        decoder.open(following, reached.settings());
        RecordDecoder<T> records = new RecordDecoder<>(following, decoder, only);
        try {
            return new SubscribedState<>(new SubscribedState.Plan<>(
                    new Subscribers.Choice(using, reached),
                    records,
                    initial,
                    snapshot,
                    executor,
                    clock));
        } catch (Throwable e) {
            records.close();
            throw e;
        }
    }

    private LatestStateSubscriber using() {
        if (subscriber != null) {
            return subscriber;
        }
        if (chosen != null) {
            return chosen.subscriber();
        }
        throw Subscribers.onClassPath().noneChosen();
    }

    private @Nullable SubscriptionSettings fromEnvironment(LatestStateSubscriber using) {
        if (chosen != null && chosen.subscriber().equals(using)) {
            return chosen.settings();
        }
        return environment == null ? null : using.fromEnvironment(environment).orElse(null);
    }
}
