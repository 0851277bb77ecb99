package io.github.lateststate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The latest committed record of a stream, decoded and kept in memory. It is found at start-up, however long the log is, and
 * followed from then on.
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
 * <p>The state is the newest of the partitions' last accepted records: by timestamp, ties by partition name, the greater one.
 * Within a partition the order of the log decides, whatever the timestamps say. So every instance that follows the same
 * stream comes to the same state, whenever it started.
 *
 * <p><b>Not guaranteed:</b> that every record is seen. Of two records that arrive together only the newer one may be
 * decoded. With more than one partition, "newest" is as good as the clocks that made the timestamps: when a producer with a
 * slow clock writes to partition 1, its record may stay in the shadow of an earlier one in partition 0. Nor is it guaranteed
 * that two instances change at the same moment.
 *
 * <p>All methods are safe for use by any thread. {@code get}, {@code value} and {@code current} are one volatile read: they
 * never block and allocate nothing.
 *
 * @param <T> the type of the value
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface LatestState<T> extends AutoCloseable {

    /**
     * Begins to describe a state.
     *
     * @param decoder turns payloads into values
     * @param <T> the type of the value
     * @return a builder
     */
    static <T> LatestStateBuilder<T> builder(Decoder<T> decoder) {
        return new LatestStateBuilder<>(decoder);
    }

    /**
     * Whether an environment names a stream of a subscriber on the class path.
     *
     * @param env the variables by name; usually {@link System#getenv()}
     * @return whether there is at least one; with more than one {@link LatestStateBuilder#environment} asks to choose
     * @throws SubscriberNotFoundException if a subscriber on the class path is broken
     * @throws InvalidSettingException if a variable is malformed
     */
    static boolean isConfigured(Map<String, String> env) {
        return Subscribers.onClassPath().isAnyChosenBy(env);
    }

    /**
     * The value.
     *
     * @return the value; the initial one, where one was given, while there is no other
     * @throws NoStateException if there is none; the message says why
     */
    T get();

    /**
     * The value, if there is one.
     *
     * @return the value; the initial one, where one was given, while there is no other; else empty
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
     * @return phase, since when, last contact, last error and more
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
     * Blocks until the look-back has ended. An empty stream is an outcome: ready, and there is no state. Returns at once
     * when that has been reached before, also during an outage.
     *
     * @param timeout how long to wait; zero or less asks without waiting
     * @throws NotReadyException if the time is over, naming partition, position reached, target and last error; if the
     *     subscription failed or was closed; or if the thread was interrupted (its interrupt flag is kept);
     *     {@link NotReadyException#reason()} says which
     */
    void awaitReady(Duration timeout);

    /**
     * Completes when the look-back has ended, or a snapshot was read, with this state; and with a {@link NotReadyException} if the
     * subscription fails or is closed before. It stays completed: whether the state is ready now, {@link Status#ready()} says.
     *
     * <p>Functions that are chained to it without {@code Async} run where listeners are called; at {@code close()}, if the executor
     * takes no task any more, on the thread that closes. To cancel what {@code toCompletableFuture()} returns has no effect on others.
     *
     * @return a stage, the same outcome for all
     */
    CompletionStage<LatestState<T>> ready();

    /**
     * Tells a listener the current value, if there is one, and then each newer state. There is no gap between the two.
     *
     * @param listener is called on the executor; see {@link LatestStateBuilder#executor}
     * @return the registration; closed with this state at the latest
     * @throws IllegalStateException if this state is closed
     */
    Registration listen(StateListener<? super T> listener);

    /**
     * Publishes what {@link #listen} tells, for reactive libraries: to each subscriber the current state, if there is one, and then each
     * newer one, as many as it requests. What is superseded before it requests more is skipped, so nothing is buffered. A subscriber is
     * told of its completion when this state is closed; trouble with the broker is no error, see {@link #status()}.
     *
     * @return a publisher; any number of subscribers may subscribe, and are called on the executor
     */
    Flow.Publisher<Current<T>> publisher();

    /**
     * Tells a listener the present status, and then each change of phase, readiness, last error, or number of rejections, in order.
     * There is no gap between the two. {@link Phase#CLOSED} is told last, after {@code close()} perhaps.
     *
     * <p>A change that only time brings, such as a broker that falls silent, is told within a second or two.
     *
     * @param listener is called on the executor; see {@link LatestStateBuilder#executor}
     * @return the registration; ends by itself after CLOSED was told
     * @throws IllegalStateException if this state is closed
     */
    Registration listenStatus(StatusListener listener);

    /**
     * Ends the subscription and the listeners' threads. Returns within 5 s, in any phase, from any thread, any number of
     * times; listeners that are running are not waited for. The last value stays readable. An interrupt does not stop it:
     * the flag is kept.
     */
    @Override
    void close();
}
