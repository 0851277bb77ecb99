package io.github.lateststate.kafka;

import io.github.lateststate.engine.LoopThreads;
import io.github.lateststate.engine.SerialLoop;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The threads of a subscription. Either it has one of its own, which also follows. Or it shares threads with others:
 * two that look back, and those of {@link Following}.
 */
final class SubscriptionThreads {

    private static final Duration IDLE = Duration.ofMillis(100);
    private static final LoopThreads SHARED = LoopThreads.shared(2, "latest-state-kafka-look-back", IDLE);

    private final boolean shared;
    private final SerialLoop loop;

    /**
     * Uses no thread until there is something to do.
     *
     * @param onCrash receives what a step threw, on the loop
     */
    SubscriptionThreads(KafkaSettings settings, Consumer<Throwable> onCrash) {
        this.shared = settings.shareClients();
        this.loop = shared
                ? SerialLoop.on(SHARED, onCrash)
                : SerialLoop.onOwnThread("latest-state-kafka-" + settings.topic(), onCrash);
    }

    /** Where the steps run. */
    SerialLoop loop() {
        return loop;
    }

    /** Whether other subscriptions wait while a step does. */
    boolean areShared() {
        return shared;
    }

    /** Lets a follower follow. Call {@link #follow} then. */
    Following.Place placeOf(Follower follower, KafkaSettings settings, LookBackConsumers consumers) {
        return shared
                ? Following.together(settings, follower)
                : Following.alone(
                        () -> consumers
                                .following()
                                .map(lookedBack -> FollowClients.goingOn(settings, lookedBack))
                                .orElseGet(() -> FollowClients.of(settings)),
                        follower);
    }

    /** Runs a step of the subscription on the loop, as soon as the follower has clients. */
    void whenStarted(Following.Place place, Runnable step) {
        place.whenStarted(shared ? () -> loop.execute(step) : step); // else the loop's thread is the one that follows
    }

    /** Follows until it is over, unless another thread does it. */
    void follow(Following.Place place) {
        if (!shared) {
            place.run();
        }
    }
}
