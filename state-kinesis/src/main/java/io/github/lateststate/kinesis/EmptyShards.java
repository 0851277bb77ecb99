package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Scope;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Finds closed shards that hold nothing, many at a time, so that a look-back need not read them one by one. A failure
 * proves nothing: the look-back then reads that shard like any other.
 */
final class EmptyShards {

    /** How many are asked about at once. Each answer holds at most one record. */
    private static final int AT_ONCE = 32;

    private final StreamCalls calls;
    private final Scope scope;
    private final Predicate<String> ofUse;
    private final BiConsumer<String, Boolean> answer;
    private final Set<String> open = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Asks nothing yet.
     *
     * @param ofUse whether it still matters if a shard is empty
     * @param answer receives each shard, and whether it is known to hold nothing
     */
    EmptyShards(StreamContext context, Predicate<String> ofUse, BiConsumer<String, Boolean> answer) {
        this.calls = context.calls();
        this.scope = context.newScope();
        this.ofUse = ofUse;
        this.answer = answer;
    }

    /** Begins to ask about these shards, in their order. */
    void find(Collection<String> shards) {
        waiting.addAll(shards);
        open.addAll(shards);
        askMore();
    }

    /** Whether the answer about a shard is still missing. */
    boolean isAsking(String shard) {
        return open.contains(shard);
    }

    /** Makes no further call, and ignores the answers to calls that are under way. */
    void stop() {
        scope.end();
        underWay = 0;
        waiting.clear();
        open.clear();
    }

    private void askMore() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            String shard = waiting.remove();
            if (ofUse.test(shard)) {
                underWay++;
                scope.then(
                        calls.isEmpty(shard),
                        holdsNothing -> answered(shard, holdsNothing),
                        thrown -> answered(shard, false));
            } else {
                open.remove(shard);
            }
        }
    }

    private void answered(String shard, boolean holdsNothing) {
        underWay--;
        open.remove(shard);
        askMore();
        answer.accept(shard, holdsNothing);
    }
}
