package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    Opening(Decoder<T> decoder) {
        this.decoder = decoder;
    }

    /** Takes from these variables what is not set by hand. */
    void environment(Map<String, String> env) {
        environment = Map.copyOf(env);
    }

    /** Keeps the last good record in this file; without an age, one of any age is served. */
    void snapshot(Path path, @Nullable Duration maxAge) {
        snapshotPath = Objects.requireNonNull(path, "path");
        snapshotMaxAge = maxAge;
    }

    LatestState<T> open() {
        LatestStateSubscriber using = using();
        String following = following(using);
        Supplier<Map<String, String>> all =
                settings.over(environment == null ? Map.of() : using.settingsIn(environment));
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
                    new Subscribers.Choice(using, reached), records, initial, snapshot, executor, clock));
        } catch (Throwable e) {
            records.close();
            throw e;
        }
    }

    private LatestStateSubscriber using() {
        if (subscriber != null) {
            return subscriber;
        }
        if (environment != null) {
            return Subscribers.onClassPath().chosenBy(environment);
        }
        throw Subscribers.onClassPath().noneChosen();
    }

    private String following(LatestStateSubscriber using) {
        if (stream != null) {
            return stream;
        }
        Optional<String> named = environment == null ? Optional.empty() : using.streamIn(environment);
        return named.orElseThrow(
                () -> new InvalidSettingException("stream", "No stream is named: call stream(\"…\") before open()."));
    }
}
