package io.github.lateststate.kinesis;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The parents and children of shards. A shard that is split or merged is closed, and its children replace it. Its
 * records come before all of theirs. So the head of a shard counts only while none of its descendants has one. It knows
 * no client. Not safe for use by several threads.
 *
 * <p>The paths of this graph rejoin, and each split and merge doubles them. So shards are marked and visited once, and
 * no path is walked twice. {@link #retain} forgets the shards that have expired.
 */
final class Lineage {

    private final Map<String, ShardNode> nodes = new HashMap<>();
    private final Set<String> waiting = new TreeSet<>();
    private final Set<String> candidates = new TreeSet<>();
    private final Set<String> retired = new LinkedHashSet<>();

    /** Adds listed shards. */
    void add(Collection<Shard> shards) {
        shards.forEach(shard -> know(shard.shardId()));
        for (Shard shard : shards) {
            link(shard.parentShardId(), shard.shardId());
            link(shard.adjacentParentShardId(), shard.shardId());
        }
    }

    /** Adds the children of a shard from its last page. */
    void addChildren(Collection<ChildShard> children) {
        for (ChildShard child : children) {
            know(child.shardId());
            child.parentShards().forEach(parent -> link(parent, child.shardId()));
        }
    }

    /** Notes that a shard is followed from now on. */
    void begin(String shard) {
        know(shard).begun = true;
        waiting.remove(shard);
    }

    /** Notes that a shard was read to its end, had been closed before following began, or is gone. */
    void end(String shard) {
        begin(shard);
        know(shard).ended = true;
    }

    /** The shards whose turn it is to be followed: nothing of their parents is left to read. */
    Set<String> ready() {
        return waiting.stream()
                .filter(shard -> know(shard).parents.stream().allMatch(parent -> know(parent).ended))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Notes that a record of a shard was accepted.
     *
     * @return the ancestors whose heads no longer count
     */
    Set<String> accepted(String shard) {
        ShardNode node = know(shard);
        node.head = true;
        node.parents.forEach(this::supersede);
        Set<String> all = Set.copyOf(retired);
        retired.clear();
        return all;
    }

    /** Whether a head of the shard would count: no descendant has one. */
    boolean counts(String shard) {
        return !know(shard).superseded;
    }

    /** Notes that the look-back in a shard has ended, or that its records need none. */
    void lookedBack(String shard) {
        ShardNode node = know(shard);
        node.lookedBack = true;
        candidates.remove(shard);
        if (!node.head) {
            candidates.addAll(node.parents);
        }
    }

    /** Notes that a closed shard holds no record. */
    void empty(String shard) {
        know(shard).empty = true;
    }

    /**
     * The closed shards for the look-back now: the look-back in all their descendants has ended, and no record was
     * accepted. Empty shards are passed over.
     */
    Set<String> next() {
        Set<String> next = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(candidates);
        while (!open.isEmpty()) {
            String shard = open.remove();
            ShardNode node = know(shard);
            if (!mayHoldTheLast(node)) {
                candidates.remove(shard);
            } else if (node.children.stream().allMatch(child -> know(child).lookedBack)) {
                if (node.empty) {
                    lookedBack(shard);
                    open.addAll(node.parents);
                } else {
                    next.add(shard);
                }
            }
        }
        return next;
    }

    /** The closed shards that may need a look-back later, youngest first. */
    List<String> ahead() {
        return new TreeMap<>(nodes)
                .descendingMap().entrySet().stream()
                        .filter(node -> node.getValue().ended && mayHoldTheLast(node.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** Whether a look-back in a closed shard may still find the record that counts. */
    boolean mayHoldTheLast(String shard) {
        return mayHoldTheLast(know(shard));
    }

    /**
     * Forgets the shards that were read to their end and are no longer listed, unless the state may be theirs. Their
     * children are then attached to their parents.
     */
    void retain(Set<String> listed) {
        new TreeMap<>(nodes).forEach((shard, node) -> {
            if (node.ended && !node.head && !listed.contains(shard)) {
                forget(shard, node);
            }
        });
    }

    /**
     * Begins the look-back again, in the same stream: heads stay heads. A shard that was read to its end and is no
     * longer listed cannot be read again.
     */
    void lookBackAgain(Set<String> listed) {
        nodes.forEach((shard, node) -> {
            if (node.ended && !listed.contains(shard)) {
                node.lookedBack = true;
            } else {
                node.begun = false;
                node.ended = false;
                node.lookedBack = false;
                waiting.add(shard);
            }
        });
        candidates.clear();
    }

    /** How many shards are known. */
    int size() {
        return nodes.size();
    }

    private static boolean mayHoldTheLast(ShardNode node) {
        return !node.lookedBack && !node.superseded;
    }

    private ShardNode know(String shard) {
        return nodes.computeIfAbsent(shard, id -> {
            waiting.add(id);
            return new ShardNode();
        });
    }

    private void link(@Nullable String parent, String child) {
        ShardNode of = parent == null ? null : nodes.get(parent); // an expired one does not hold anything up
        if (parent == null || of == null || !of.children.add(child)) {
            return;
        }
        ShardNode node = know(child);
        node.parents.add(parent);
        if (node.begun) {
            endAll(parent);
        }
        if (node.head || node.superseded) {
            supersede(parent);
        }
    }

    /** An outdated list may name a forgotten shard again. Its children have begun, so it was read. */
    private void endAll(String shard) {
        Deque<String> open = new ArrayDeque<>(Set.of(shard));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (waiting.contains(id)) {
                end(id);
                know(id).lookedBack = true;
                open.addAll(know(id).parents);
            }
        }
    }

    private void supersede(String shard) {
        Deque<String> open = new ArrayDeque<>(Set.of(shard));
        while (!open.isEmpty()) {
            String id = open.remove();
            ShardNode node = know(id);
            if (!node.superseded) {
                node.superseded = true;
                open.addAll(node.parents);
                if (node.head) {
                    node.head = false;
                    retired.add(id);
                }
            }
        }
    }

    private void forget(String shard, ShardNode node) {
        for (String child : node.children) {
            ShardNode below = know(child);
            below.parents.remove(shard);
            below.parents.addAll(node.parents);
        }
        for (String parent : node.parents) {
            ShardNode above = know(parent);
            above.children.remove(shard);
            above.children.addAll(node.children);
        }
        nodes.remove(shard);
        candidates.remove(shard);
    }
}
