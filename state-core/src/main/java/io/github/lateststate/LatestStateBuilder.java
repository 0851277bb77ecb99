package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Describes a state and opens it. Not safe for use by several threads at once.
 *
 * @param <T> the type of the value
 */
public final class LatestStateBuilder<T> {

    private final Decoder<T> decoder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private TimeSource clock = TimeSource.SYSTEM;
    private @Nullable LatestStateSubscriber subscriber;
    private @Nullable String stream;
    private @Nullable T initial;
    private @Nullable Path snapshotPath;
    private @Nullable Duration snapshotMaxAge;
    private @Nullable Executor executor;

    LatestStateBuilder(Decoder<T> decoder) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
    }

    /**
     * Chooses a subscriber by its name.
     *
     * @param name a name that {@link java.util.ServiceLoader} knows, for example {@code kafka}
     * @return this
     * @throws SubscriberNotFoundException if there is none of that name, there are two, or one on the class path is broken
     */
    public LatestStateBuilder<T> subscriber(String name) {
        return subscriber(Subscribers.onClassPath().named(name));
    }

    /**
     * Uses a given subscriber.
     *
     * @param instance the subscriber
     * @return this
     */
    public LatestStateBuilder<T> subscriber(LatestStateSubscriber instance) {
        this.subscriber = Objects.requireNonNull(instance, "subscriber");
        return this;
    }

    /**
     * Names the stream.
     *
     * @param name the topic or stream
     * @return this
     */
    public LatestStateBuilder<T> stream(String name) {
        this.stream = Objects.requireNonNull(name, "stream");
        return this;
    }

    /**
     * Adds a setting, in the broker client's own words, or one of the library's own, which begin with {@code state.}.
     *
     * @param name the name of the setting
     * @param value its value; replaces an earlier one
     * @return this
     */
    public LatestStateBuilder<T> setting(String name, String value) {
        settings.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Takes subscriber, stream and settings from environment variables. Asks every subscriber on the class path which of
     * them the environment speaks of.
     *
     * @param env the variables by name; usually {@link System#getenv()}
     * @return this
     * @throws SubscriberNotFoundException if the environment names no stream, or more than one; see {@link #isNamedIn}
     * @throws InvalidSettingException if a variable is malformed
     */
    public LatestStateBuilder<T> environment(Map<String, String> env) {
        Subscribers.Choice choice = Subscribers.onClassPath().chosenBy(env);
        settings.putAll(choice.settings().settings());
        return subscriber(choice.subscriber()).stream(choice.settings().stream());
    }

    /**
     * Whether an environment names a stream of a subscriber on the class path.
     *
     * @param env the variables by name; usually {@link System#getenv()}
     * @return whether there is at least one
     * @throws SubscriberNotFoundException if a subscriber on the class path is broken
     * @throws InvalidSettingException if a variable is malformed
     */
    public static boolean isNamedIn(Map<String, String> env) {
        return Subscribers.onClassPath().isAnyChosenBy(env);
    }

    /**
     * Gives a value to serve while there is no other: before the look-back has ended, on an empty stream, and after a
     * tombstone.
     *
     * @param value the value
     * @return this
     */
    public LatestStateBuilder<T> initial(T value) {
        this.initial = Objects.requireNonNull(value, "initial");
        return this;
    }

    /**
     * Keeps the last known good record in a file, and serves it at the next start until the broker has been heard, however old it
     * is. See {@link #snapshot(Path, Duration)}.
     *
     * @param path the file; its folder is made if it does not exist
     * @return this
     */
    public LatestStateBuilder<T> snapshot(Path path) {
        this.snapshotPath = Objects.requireNonNull(path, "path");
        this.snapshotMaxAge = null;
        return this;
    }

    /**
     * Keeps the last known good record in a file, and serves it at the next start until the broker has been heard: a broker that
     * is away does not keep a service from starting. The state is ready at once then, and
     * {@link Source#SNAPSHOT} and {@link Status#fromSnapshot()} say so. If the stream turns out to be empty, the saved
     * state stays.
     *
     * <p>After each change the record is written on a thread of its own, and takes the place of the older one in one step: the
     * file is whole at every moment. One that is damaged, too old, of another stream, or no longer understood by the decoder is
     * left unread, with a warning; so is a disk that is full. Two instances must not share a file.
     *
     * @param path the file; its folder is made if it does not exist
     * @param maxAge how long ago it may have been written; it is written at each change, and once when the look-back has ended
     * @return this
     */
    public LatestStateBuilder<T> snapshot(Path path, Duration maxAge) {
        snapshot(path);
        this.snapshotMaxAge = Objects.requireNonNull(maxAge, "maxAge");
        return this;
    }

    /**
     * Says where listeners are called, and the functions that are chained to {@link LatestState#ready()}. It stays the caller's: it is not
     * shut down. If it refuses a task, that is tried again each second. An executor that runs tasks on the calling thread makes listeners
     * run on threads of the subscriber: what they take delays the state.
     *
     * <p>Unless told: on a JVM that has virtual threads (21 and later) each call has one of its own; on an older one up to 64 daemon
     * threads for a state, each of which exists only while it is needed.
     *
     * @param calls runs the calls
     * @return this
     */
    public LatestStateBuilder<T> executor(Executor calls) {
        this.executor = Objects.requireNonNull(calls, "executor");
        return this;
    }

    LatestStateBuilder<T> clock(TimeSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Starts to look back and to follow. Returns at once; the work goes on in the background, whether or not the broker can
     * be reached.
     *
     * @return the state; the caller closes it
     * @throws InvalidSettingException if the stream or a setting is missing, unknown, refused or malformed
     * @throws SubscriberNotFoundException if no subscriber was chosen
     */
    public LatestState<T> open() {
        if (subscriber == null) {
            throw Subscribers.onClassPath().noneChosen();
        }
        if (stream == null) {
            throw new InvalidSettingException("stream", "No stream was named: call stream(\"…\") before open().");
        }
        SnapshotFile snapshot = snapshotPath == null
                ? null
                : new SnapshotFile(snapshotPath, subscriber.name() + " '" + stream + "'", snapshotMaxAge, clock);
        return new SubscribedState<>(new SubscribedState.Plan<>(
                subscriber,
                new SubscriptionSettings(stream, settings),
                decoder,
                initial,
                snapshot,
                executor == null ? Workers.orVirtualThreads(stream) : executor,
                clock));
    }
}
