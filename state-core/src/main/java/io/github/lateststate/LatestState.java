package io.github.lateststate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The latest committed record of a stream, decoded and kept in memory. The library finds the record at start-up,
 * however long the log is, and then follows the stream.
 *
 * <pre>{@code
 * try (LatestState<ModelRef> model = LatestState.builder(JsonDecoder.of(ModelRef.class))
 *         .subscriber("kafka")
 *         .stream("models")
 *         .setting("bootstrap.servers", "localhost:9092")
 *         .open()) {
 *     model.awaitReady(Duration.ofSeconds(30));
 *     ModelRef ref = model.get();
 * }
 * }</pre>
 *
 * <p>Each partition has a head: its last accepted record. The state is the newest head. Timestamps decide between
 * partitions; for equal timestamps the greater partition name wins. Within a partition the order of the log decides,
 * whatever the timestamps say. So all instances that follow the same stream reach the same state, no matter when they
 * started.
 *
 * <p><b>Not guaranteed:</b>
 *
 * <ul>
 *   <li>You may not see every record. If two records arrive together, only the newer one may be decoded.
 *   <li>With more than one partition, "newest" is only as good as the clocks that made the timestamps. Example: a
 *       producer with a slow clock writes to partition 1. Its record may lose to an earlier record in partition 0.
 *   <li>Two instances may change at different moments.
 * </ul>
 *
 * <p>All methods are safe for use by any thread. {@code get}, {@code value} and {@code current} are one volatile read:
 * they never block and allocate nothing.
 *
 * @param <T> the type of the value
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface LatestState<T> extends AutoCloseable {

    /**
     * Starts the description of a state.
     *
     * @param decoder turns payloads into values
     * @param <T> the type of the value
     * @return a builder
     */
    static <T> LatestStateBuilder<T> builder(Decoder<T> decoder) {
        return new LatestStateBuilder<>(decoder);
    }

    /**
     * Whether an environment names a stream for a subscriber on the class path.
     *
     * @param env the variables by name, such as {@link System#getenv()}
     * @return whether it names at least one; if it names more than one, {@link LatestStateBuilder#open} asks you to
     *     choose
     * @throws SubscriberNotFoundException if a subscriber on the class path is broken
     */
    static boolean isConfigured(Map<String, String> env) {
        return Subscribers.onClassPath().isAnyChosenBy(env);
    }

    /**
     * The value.
     *
     * @return the value; while there is none, the initial value if you gave one
     * @throws NoStateException if there is neither; the message gives the reason
     */
    T get();

    /**
     * The value, if there is one.
     *
     * @return the value; while there is none, the initial value if you gave one; else empty
     */
    Optional<T> value();

    /**
     * The value and the record it comes from.
     *
     * @return the state at this moment; never null
     */
    Current<T> current();

    /**
     * How fresh the state is. Does not block.
     *
     * @return the phase, since when, the last contact, the last error and more
     */
    Status status();

    /**
     * The stream.
     *
     * @return the topic or stream that is followed
     */
    String stream();

    /**
     * The identity of this instance at the broker.
     *
     * @return the group prefix, a hyphen and a random id
     */
    String group();

    /**
     * Blocks until the look-back has ended. An empty stream is an outcome too: the state is ready, and has no value.
     * Returns at once if the look-back ended before, also during an outage.
     *
     * @param timeout how long to wait; zero or less checks without waiting
     * @throws NotReadyException if the state is not ready. {@link NotReadyException#reason()} says why: the timeout
     *     passed, the subscription failed or was closed, or the thread was interrupted (its interrupt flag stays set).
     *     After a timeout the message names partition, position reached, target and last error
     */
    void awaitReady(Duration timeout);

    /**
     * Completes with this state when the look-back has ended or a snapshot was read. Completes with a
     * {@link NotReadyException} if the subscription fails or is closed before. The outcome does not change later:
     * {@link Status#ready()} says whether the state is ready now.
     *
     * <p>Functions that you chain without {@code Async} run where listeners are called. At {@code close()}, if the
     * executor accepts no more tasks, they run on the closing thread. Functions that you chain after the stage has
     * completed run on your thread, at once. If you cancel the result of
     * {@code toCompletableFuture()}, other callers are not affected.
     *
     * @return a stage with the same outcome for all callers
     */
    CompletionStage<LatestState<T>> ready();

    /**
     * Calls a listener with the current state, unless there is none yet ({@link Source#NONE}), and then with each newer
     * state. There is no gap between the two.
     *
     * @param listener is called on the executor; see {@link LatestStateBuilder#executor}
     * @return the registration; it ends when this state is closed
     * @throws IllegalStateException if this state is closed
     */
    Registration listen(StateListener<? super T> listener);

    /**
     * Publishes what {@link #listen} delivers, for reactive libraries. Each subscriber receives the current state,
     * unless there is none yet, and then each newer one, as many as it requests. States that are superseded before the
     * subscriber requests more are skipped, so nothing is buffered. Closing this state completes the subscriber.
     * Trouble with the broker is not an error here; see {@link #status()}.
     *
     * @return a publisher for any number of subscribers, which are called on the executor
     */
    Flow.Publisher<Current<T>> publisher();

    /**
     * Calls a listener with the present status, and then with each change of phase, readiness, kind of the last error,
     * or number of rejections, in order. There is no gap between the two. {@link Phase#CLOSED} comes last, perhaps after
     * {@code close()} has returned.
     *
     * <p>If a listener is slow, up to 1,000 changes wait for it. Beyond that the oldest is dropped.
     *
     * <p>Some changes come from time alone, such as a broker that falls silent. The listener receives them within a
     * second or two.
     *
     * @param listener is called on the executor; see {@link LatestStateBuilder#executor}
     * @return the registration; it ends by itself after the listener has received CLOSED
     * @throws IllegalStateException if this state is closed
     */
    Registration listenStatus(StatusListener listener);

    /**
     * Ends the subscription and the listeners' threads. Returns within 5 s, in any phase, from any thread, any number
     * of times. It does not wait for running listeners. The last value stays readable. An interrupt does not stop it:
     * the interrupt flag stays set.
     */
    @Override
    void close();
}
