package io.github.lateststate.kinesis;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds closed shards that hold nothing, many at a time, so that a look-back need not go through them one by one. Whatever goes
 * wrong proves nothing: the look-back reads that shard as any other.
 */
final class EmptyShards {

    /** How many are asked about at once; each answer is one record at most. */
    private static final int AT_ONCE = 32;

    private final StreamCalls calls;
    private final Loop loop;
    private final Predicate<String> ofUse;
    private final Consumer<String> empty;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int underWay;
    private int round;

    /**
     * Makes one that asks nothing yet.
     *
     * @param ofUse whether it still matters if a shard is empty
     * @param empty receives each shard that holds nothing
     */
    EmptyShards(StreamCalls calls, Loop loop, Predicate<String> ofUse, Consumer<String> empty) {
        this.calls = calls;
        this.loop = loop;
        this.ofUse = ofUse;
        this.empty = empty;
    }

    /** Begins to ask about these shards, in their order. */
    void find(Collection<String> shards) {
        waiting.addAll(shards);
        askMore();
    }

    /** Makes no further call, and ignores the answers to those under way. */
    void stop() {
        round++;
        underWay = 0;
        waiting.clear();
    }

    private void askMore() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            String shard = waiting.remove();
            if (ofUse.test(shard)) {
                underWay++;
                int now = round;
                loop.then(
                        calls.isEmpty(shard),
                        holdsNothing -> answered(now, shard, holdsNothing),
                        thrown -> answered(now, shard, false));
            }
        }
    }

    private void answered(int when, String shard, boolean holdsNothing) {
        if (when != round) {
            return;
        }
        underWay--;
        askMore();
        if (holdsNothing) {
            empty.accept(shard);
        }
    }
}
