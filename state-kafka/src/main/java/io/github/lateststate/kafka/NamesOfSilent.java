package io.github.lateststate.kafka;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out beside following which brokers leave questions unanswered, for one follower after the other. It takes a connection of its
 * own, and up to two seconds. Of the thread of a {@link FollowLoop}.
 */
final class NamesOfSilent {

    /** In a long outage there is nobody who could name a broker. */
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Aside aside = new Aside();
    private @Nullable CompletableFuture<Throwable> asking;
    private @Nullable Follower asked;
    private long next = System.nanoTime();

    /** Tells a follower what was found, and goes on with the next one that has no answer. */
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
                    follower.question().whoIsSilent().ifPresent(question -> {
                        next = System.nanoTime() + EVERY_NANOS;
                        asked = follower;
                        asking = aside.supply(question);
                    });
                }
            }
        }
    }
}
