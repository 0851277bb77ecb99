package io.github.lateststate.spi;

import io.github.lateststate.InvalidSettingException;
import java.util.Map;
import java.util.Optional;

/**
 * Follows streams of one kind of broker. Register an implementation in
 * {@code META-INF/services/io.github.lateststate.spi.LatestStateSubscriber}. It has a public constructor without
 * parameters, is safe for use by several threads, and keeps the rules of this package. One instance serves many states.
 */
public interface LatestStateSubscriber {

    /**
     * The name by which callers choose it: lower case, unique on the class path.
     *
     * @return for example {@code kafka}; the same at every call
     */
    String name();

    /**
     * Reads the settings of a service from its environment variables.
     *
     * @param env the variables by name, such as {@link System#getenv()}
     * @return the settings, if this environment names a stream of this broker; empty otherwise
     * @throws InvalidSettingException if the environment names a stream, but another variable is malformed
     */
    Optional<SubscriptionSettings> fromEnvironment(Map<String, String> env);

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
