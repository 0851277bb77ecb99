package io.github.lateststate.spi;

import io.github.lateststate.InvalidSettingException;
import java.util.Map;
import java.util.Optional;

/**
 * Follows streams of one kind of broker. Register an implementation in
 * {@code META-INF/services/io.github.lateststate.spi.LatestStateSubscriber}. It has a public constructor without
 * parameters, is safe for use by several threads, and keeps the rules of this package. One instance serves many states.
 *
 * @apiNote Later versions may add methods that have a default.
 */
public interface LatestStateSubscriber {

    /**
     * The name by which callers choose it: lower case, unique on the class path.
     *
     * @return for example {@code kafka}; the same at every call
     */
    String name();

    /**
     * The stream of this broker that the environment variables of a service name.
     *
     * @param env the variables by name, such as {@link System#getenv()}
     * @return the topic or stream; empty if they name none
     */
    Optional<String> streamIn(Map<String, String> env);

    /**
     * The settings that the environment variables of a service give. They need not name a stream.
     *
     * @param env the variables by name, such as {@link System#getenv()}
     * @return the settings by name, and defaults for a service that takes its settings from the environment
     * @throws InvalidSettingException if a variable is malformed
     */
    Map<String, String> settingsIn(Map<String, String> env);

    /**
     * Starts the look-back and then follows the stream, in the background. Returns at once, even if the broker cannot
     * be reached.
     *
     * @param settings the stream, and how to reach it
     * @param sink receives records and news of the connection; called from threads of the subscriber, one call at a
     *     time, possibly before this method has returned
     * @return the running subscription; the caller closes it
     * @throws InvalidSettingException if a setting is unknown, refused or malformed; nothing was started then
     * @throws IllegalStateException if a library that the subscriber needs is too old; nothing was started then
     */
    Subscription subscribe(SubscriptionSettings settings, StateSink sink);
}
