package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a state and opens it. Not safe for use by several threads at once.
 *
 * <p>Subscriber, stream and settings may come from several places. This is the order of precedence, whatever the order of the calls:
 *
 * <ol>
 *   <li>what is set by hand: {@code subscriber}, {@code stream}, {@code setting}, {@code settings(Map)} and
 *       {@code settings(Properties)}; of two settings of one name the later one
 *   <li>{@link #settings(Supplier)}
 *   <li>{@link #environment}
 *   <li>the defaults of the broker's client
 * </ol>
 *
 * @param <T> the type of the value
 */
public final class LatestStateBuilder<T> {

    private final Decoder<T> decoder;
    private final SettingsPlan settings = new SettingsPlan();
    private @Nullable Map<String, String> environment;
    private Subscribers.@Nullable Choice chosen;
    private TimeSource clock = TimeSource.SYSTEM;
    private @Nullable LatestStateSubscriber subscriber;
    private @Nullable String stream;
    private @Nullable T initial;
    private @Nullable Path snapshotPath;
    private @Nullable Duration snapshotMaxAge;
    private @Nullable Executor executor;
    private Predicate<? super Origin> only = origin -> true;

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
        settings.set(name, Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Adds settings. A value that is no text is taken as clients read it: a class by its name, a collection with commas between its
     * parts, anything else by its {@code toString()}.
     *
     * @param all the settings by name; each replaces an earlier one
     * @return this
     * @throws InvalidSettingException if a value is null
     */
    public LatestStateBuilder<T> settings(Map<String, ?> all) {
        settings.setAll(all);
        return this;
    }

    /**
     * Adds settings, with the defaults that the properties have.
     *
     * @param all the settings; each replaces an earlier one
     * @return this
     */
    public LatestStateBuilder<T> settings(Properties all) {
        all.stringPropertyNames().forEach(name -> settings.set(name, all.getProperty(name)));
        return this;
    }

    /**
     * Takes settings that can change while the state is open, such as a password. The supplier is asked at {@code open()}, and again, on
     * a thread of the subscriber, each time the broker refuses the credentials, before the next try. If it throws, or gives settings that
     * are invalid, the old ones stay and a warning says so. A second supplier replaces the first.
     *
     * <p>On Kinesis no credentials are among the settings: the AWS SDK asks its credentials provider by itself, for each call.
     *
     * @param source gives all settings that may change, each time; it may block for some seconds
     * @return this
     */
    public LatestStateBuilder<T> settings(Supplier<? extends Map<String, ?>> source) {
        settings.supplier(source);
        return this;
    }

    /**
     * Takes subscriber, stream and settings from environment variables, as far as they are not set by hand. Unless a subscriber was
     * chosen before, asks every subscriber on the class path which of them the environment speaks of.
     *
     * @param env the variables by name; usually {@link System#getenv()}
     * @return this
     * @throws SubscriberNotFoundException if no subscriber was chosen before, and the environment names no stream, or more than one; see
     *     {@link LatestState#isConfigured}
     * @throws InvalidSettingException if a variable is malformed
     */
    public LatestStateBuilder<T> environment(Map<String, String> env) {
        this.environment = Map.copyOf(env);
        this.chosen = subscriber == null ? Subscribers.onClassPath().chosenBy(env) : null;
        return this;
    }

    /**
     * Takes only some of the records. All others are passed over as they are read: they are not kept, not decoded, not counted as
     * rejected, and a tombstone among them takes nothing away. {@link Status#passedOver()} counts them. Within a partition the state is
     * then the last record that is taken, however many others came after it; the search for it reads all of those.
     *
     * <p>Called more than once, only a record counts that all filters take. A filter that throws rejects the record.
     *
     * @param filter looks at key and headers, on a thread of the subscriber; must be quick, and safe for use by several threads
     * @return this
     */
    public LatestStateBuilder<T> only(Predicate<? super Origin> filter) {
        Objects.requireNonNull(filter, "filter");
        Predicate<? super Origin> before = only;
        this.only = origin -> before.test(origin) && filter.test(origin);
        return this;
    }

    /**
     * Takes only the records of one key; see {@link #only}. On Kinesis this is the partition key.
     *
     * @param key the key, compared as UTF-8
     * @return this
     */
    public LatestStateBuilder<T> key(String key) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        return only(origin -> Arrays.equals(origin.key().orElse(null), wanted));
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
     * file is whole at every moment. One that is damaged, too old, of another stream, or no longer understood by the decoder is not
     * used, with a warning. If the disk is full, the log warns of it, and the write is tried again. Two instances must not share a file.
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
     * @throws IllegalStateException if the broker's client library on the class path is too old; the message says what to change
     */
    public LatestState<T> open() {
        LatestStateSubscriber using = subscriber;
        if (using == null) {
            using = chosen == null ? null : chosen.subscriber();
        }
        if (using == null) {
            throw Subscribers.onClassPath().noneChosen();
        }
        SubscriptionSettings found = fromEnvironment(using);
        String following = stream == null && found != null ? found.stream() : stream;
        if (following == null) {
            throw new InvalidSettingException("stream", "No stream was named: call stream(\"…\") before open().");
        }
        Supplier<Map<String, String>> all = settings.over(found == null ? Map.of() : found.settings());
        SnapshotFile snapshot = snapshotPath == null
                ? null
                : new SnapshotFile(snapshotPath, using.name() + " '" + following + "'", snapshotMaxAge, clock);
        SubscriptionSettings reached = settings.canChange()
                ? SubscriptionSettings.from(following, all)
                : new SubscriptionSettings(following, all.get());
        decoder.open(following, reached.settings());
        try {
            return new SubscribedState<>(new SubscribedState.Plan<>(
                    using,
                    reached,
                    decoder,
                    only,
                    initial,
                    snapshot,
                    executor == null ? Workers.orVirtualThreads(following) : executor,
                    clock));
        } catch (Throwable e) {
            SubscribedState.close(decoder, following);
            throw e;
        }
    }

    private @Nullable SubscriptionSettings fromEnvironment(LatestStateSubscriber using) {
        if (chosen != null && chosen.subscriber().equals(using)) {
            return chosen.settings();
        }
        return environment == null ? null : using.fromEnvironment(environment).orElse(null);
    }
}
