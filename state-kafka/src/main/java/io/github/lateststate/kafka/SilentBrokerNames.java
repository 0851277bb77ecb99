package io.github.lateststate.kafka;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which brokers leave questions unanswered, while following goes on, for one follower after the other. It
 * uses its own connection and takes up to two seconds. For the thread of a {@link FollowLoop}.
 */
final class SilentBrokerNames {

    /** In a long outage no broker is there that could name another. */
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Aside aside = new Aside();
    private @Nullable CompletableFuture<Throwable> asking;
    private @Nullable Follower asked;
    private long next = System.nanoTime();

    /** Passes the result to a follower, and continues with the next one that has no answer. */
    void ask(Collection<Follower> followers) {
        if (asking != null && asking.isDone()) {
            CompletableFuture<Throwable> named = asking;
            Follower follower = asked;
            asking = null;
            if (follower != null && !named.isCompletedExceptionally() && named.join() instanceof SilentBrokers silent) {
                follower.name(silent);
            }
        }
        if (asking == null && System.nanoTime() - next >= 0) {
            for (Follower follower : followers) {
                if (asking == null) {
                    follower.question().silentBrokers().ifPresent(question -> {
                        next = System.nanoTime() + EVERY_NANOS;
                        asked = follower;
                        asking = aside.supply(question);
                    });
                }
            }
        }
    }
}
