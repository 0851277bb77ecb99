package io.github.lateststate.kinesis;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the closed shards for the look-back if the open ones hold nothing. If there are many, it first finds out
 * which of them are empty.
 */
final class ClosedShards {

    /** Up to this many closed shards, it is not worth finding the empty ones first. */
    private static final int ONE_BY_ONE = 8;

    private final FollowedStream followed;
    private final Runnable onAnswer;
    private final EmptyShards emptyShards;
    private boolean searches;

    /**
     * Asks nothing yet.
     *
     * @param onAnswer runs when {@link #next} may have changed
     */
    ClosedShards(StreamContext context, FollowedStream followed, Runnable onAnswer) {
        this.followed = followed;
        this.onAnswer = onAnswer;
        this.emptyShards = new EmptyShards(context, shard -> followed.lineage().mayHoldTheLast(shard), this::answered);
    }

    /** Whether no shard is left for the look-back, once the earlier ones are done. */
    boolean areLookedBackIn() {
        return followed.lineage().next().isEmpty();
    }

    /** The shards for the look-back now. It stays the same until the look-back in one of them has ended. */
    Set<String> next() {
        Set<String> next = followed.lineage().next();
        if (!next.isEmpty() && !searches) {
            searches = true;
            List<String> ahead = followed.lineage().ahead();
            if (ahead.size() > ONE_BY_ONE) {
                emptyShards.find(ahead);
            }
        }
        return next.stream()
                .filter(shard -> !emptyShards.isAsking(shard))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Makes no further call. */
    void stop() {
        emptyShards.stop();
        searches = false;
    }

    private void answered(String shard, boolean empty) {
        if (empty) {
            followed.lineage().empty(shard);
        }
        onAnswer.run();
    }
}
