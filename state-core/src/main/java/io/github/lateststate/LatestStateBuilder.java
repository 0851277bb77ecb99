package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
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

/**
 * Describes a state and opens it. Not safe for use by several threads at once.
 *
 * <p>Subscriber, stream and settings may come from several places. The order of precedence does not depend on the order
 * of the calls:
 *
 * <ol>
 *   <li>what you set by hand: {@code subscriber}, {@code stream}, {@code setting}, {@code settings(Map)} and
 *       {@code settings(Properties)}; if you set a name twice, the later value wins
 *   <li>{@link #settings(Supplier)}
 *   <li>{@link #environment}
 *   <li>the defaults of the broker's client
 * </ol>
 *
 * @param <T> the type of the value
 */
public final class LatestStateBuilder<T> {

    private final Opening<T> opening;

    LatestStateBuilder(Decoder<T> decoder) {
        opening = new Opening<>(Objects.requireNonNull(decoder, "decoder"));
    }

    /**
     * Chooses a subscriber by its name.
     *
     * @param name a name that {@link java.util.ServiceLoader} knows, for example {@code kafka}
     * @return this
     * @throws SubscriberNotFoundException if no subscriber or more than one has that name, or a subscriber is broken
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
        opening.subscriber = Objects.requireNonNull(instance, "subscriber");
        return this;
    }

    /**
     * Names the stream.
     *
     * @param name the topic or stream
     * @return this
     */
    public LatestStateBuilder<T> stream(String name) {
        opening.stream = Objects.requireNonNull(name, "stream");
        return this;
    }

    /**
     * Adds a setting. The name is one of the broker's client, or one of the library's own, which begin with
     * {@code state.}.
     *
     * @param name the name of the setting
     * @param value its value; replaces an earlier one
     * @return this
     */
    public LatestStateBuilder<T> setting(String name, String value) {
        opening.settings.set(name, Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Adds settings. A value that is not a string is converted as clients do it. A class becomes its name, a collection
     * becomes its elements separated by commas, and anything else becomes its {@code toString()}.
     *
     * @param all the settings by name; each replaces an earlier one
     * @return this
     * @throws InvalidSettingException if a value is null
     */
    public LatestStateBuilder<T> settings(Map<String, ?> all) {
        opening.settings.setAll(all);
        return this;
    }

    /**
     * Adds settings, including the defaults of the properties.
     *
     * @param all the settings; each replaces an earlier one
     * @return this
     */
    public LatestStateBuilder<T> settings(Properties all) {
        all.stringPropertyNames().forEach(name -> opening.settings.set(name, all.getProperty(name)));
        return this;
    }

    /**
     * Adds settings that can change while the state is open, such as a password. {@code open()} calls the supplier. A
     * thread of the subscriber calls it again each time the broker refuses the credentials, before the next try. If it
     * throws or returns invalid settings, the old ones stay and a warning is logged. A second supplier replaces the
     * first.
     *
     * <p>On Kinesis only {@code open()} calls the supplier. The settings hold no credentials there: the AWS SDK asks its
     * credentials provider itself, for each call.
     *
     * @param source returns all settings that may change, each time; it may block for some seconds
     * @return this
     */
    public LatestStateBuilder<T> settings(Supplier<? extends Map<String, ?>> source) {
        opening.settings.supplier(source);
        return this;
    }

    /**
     * Takes subscriber, stream and settings from environment variables, unless you set them by hand. {@link #open} reads
     * them. If you choose no subscriber, every subscriber on the class path then checks whether the environment names
     * one of its streams. If you choose one, it reads its settings even if the environment names no stream.
     *
     * @param env the variables by name, such as {@link System#getenv()}
     * @return this
     */
    public LatestStateBuilder<T> environment(Map<String, String> env) {
        opening.environment(env);
        return this;
    }

    /**
     * Selects the records that count. All others are passed over as they are read: they are not kept, not decoded and
     * not counted as rejected, and a tombstone among them has no effect. {@link Status#passedOver()} counts them.
     * Within a partition the state is then the last selected record, however many others came after it. The look-back
     * reads them all.
     *
     * <p>If you call this more than once, a record must pass every filter. A filter that throws rejects the record.
     *
     * @param filter looks at key and headers, on a thread of the subscriber; must be quick, and safe for use by several
     *     threads
     * @return this
     */
    public LatestStateBuilder<T> only(Predicate<? super Origin> filter) {
        opening.only = opening.only.and(Objects.requireNonNull(filter, "filter"));
        return this;
    }

    /**
     * Selects the records of one key; see {@link #only}. On Kinesis this is the partition key.
     *
     * @param key the key, compared as UTF-8
     * @return this
     */
    public LatestStateBuilder<T> key(String key) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        return only(origin -> Arrays.equals(origin.key().orElse(null), wanted));
    }

    /**
     * Sets the value to serve while there is no other: before the look-back has ended, on an empty stream, and after a
     * tombstone.
     *
     * @param value the value
     * @return this
     */
    public LatestStateBuilder<T> initial(T value) {
        opening.initial = Objects.requireNonNull(value, "initial");
        return this;
    }

    /**
     * Keeps the last known good record in a file. The next start serves it until the broker answers, however old it is.
     * See {@link #snapshot(Path, Duration)}.
     *
     * @param path the file; its folder is created if it does not exist
     * @return this
     */
    public LatestStateBuilder<T> snapshot(Path path) {
        opening.snapshot(path, null);
        return this;
    }

    /**
     * Keeps the last known good record in a file. The next start serves it until the broker answers, so a service can
     * start while its broker is away. The state is then ready at once; {@link Source#SNAPSHOT} and
     * {@link Status#fromSnapshot()} show where it comes from. If the stream turns out to be empty, the saved state
     * stays.
     *
     * <p>A thread of its own writes the record after each change. The new file replaces the old one in one step, so the
     * file is complete at every moment. A snapshot is not used, and a warning is logged, if it is damaged, too old, of
     * another stream, or no longer understood by the decoder. If the disk is full, a warning is logged and the write is
     * tried again. Two instances must not share a file.
     *
     * @param path the file; its folder is created if it does not exist
     * @param maxAge how long ago the file may have been written; it is written at each change, and once when the
     *     look-back has ended
     * @return this
     */
    public LatestStateBuilder<T> snapshot(Path path, Duration maxAge) {
        opening.snapshot(path, Objects.requireNonNull(maxAge, "maxAge"));
        return this;
    }

    /**
     * Sets where listeners are called, and where functions that you chain to {@link LatestState#ready()} run. You own
     * the executor: it is not shut down. If it refuses a task, the task is tried again each second. What it still
     * refuses in {@code close()} runs on the closing thread. If the executor runs tasks on the calling thread,
     * listeners run on threads of the subscriber, of the library, and of those who call this state. A slow listener then
     * delays this state, and others that share a thread of the subscriber.
     *
     * <p>Default: on a JVM with virtual threads (21 and later), each call has a virtual thread of its own. On an older
     * JVM, a state uses up to 64 daemon threads, and up to 256 if listeners block. Each exists only while it is needed.
     *
     * @param calls runs the calls
     * @return this
     * @apiNote The numbers of threads may change.
     */
    public LatestStateBuilder<T> executor(Executor calls) {
        opening.executor = Objects.requireNonNull(calls, "executor");
        return this;
    }

    LatestStateBuilder<T> clock(TimeSource source) {
        opening.clock = source;
        return this;
    }

    /**
     * Starts the look-back and then follows the stream. Returns at once, even if the broker cannot be reached. Your code
     * is called with the context class loader of the thread that calls this, except on an executor that you set.
     *
     * @return the state; the caller closes it
     * @throws InvalidSettingException if the stream or a setting is missing, unknown, refused or malformed, or a
     *     variable of the environment is malformed
     * @throws SubscriberNotFoundException if you chose no subscriber, and gave no environment or one that names no
     *     stream or more than one; see {@link LatestState#isConfigured}
     * @throws IllegalStateException if the broker's client library on the class path is too old; the message says what to change
     */
    public LatestState<T> open() {
        return opening.open();
    }
}
