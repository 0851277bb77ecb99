package io.github.lateststate.kinesis;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the closed shards to look back in, where the open ones hold nothing. If there are many, it first finds out which of them are
 * empty.
 */
final class ClosedShards {

    /** With so many closed shards it does not pay to find the empty ones first. */
    private static final int ONE_BY_ONE = 8;

    private final FollowedStream followed;
    private final Runnable onAnswer;
    private final EmptyShards emptyShards;
    private boolean searches;

    /**
     * Makes one that asks nothing yet.
     *
     * @param onAnswer runs when {@link #next} may have changed
     */
    ClosedShards(StreamContext context, FollowedStream followed, Runnable onAnswer) {
        this.followed = followed;
        this.onAnswer = onAnswer;
        this.emptyShards = new EmptyShards(context, shard -> followed.lineage().mayHoldTheLast(shard), this::answered);
    }

    /** Whether there is nothing left to look back in, once those of before have been looked back in. */
    boolean areLookedBackIn() {
        return followed.lineage().next().isEmpty();
    }

    /** Those to look back in now; the same at each call, until one of them was looked back in. */
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
