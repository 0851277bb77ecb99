package io.github.lateststate.kinesis;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Which shard came out of which. A shard that is split or merged is closed, and others take its place; its records come before
 * all of theirs. So the head of a shard counts only while none of its descendants has one. Knows no client; not safe for use
 * by several threads.
 *
 * <p>It forgets no shard, though that has expired: a list that is behind the times would make it new again, and what is
 * between an old head and a new one has to be known. That is some hundred bytes for each shard that ever was.
 */
final class Lineage {

    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Set<String> heads = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    /** Takes shards as they were listed. */
    void add(Collection<Shard> shards) {
        for (Shard shard : shards) {
            Set<String> of = parents.computeIfAbsent(shard.shardId(), id -> new LinkedHashSet<>());
            if (shard.parentShardId() != null) {
                of.add(shard.parentShardId());
            }
            if (shard.adjacentParentShardId() != null) {
                of.add(shard.adjacentParentShardId());
            }
        }
    }

    /** Takes the children of a shard as its last page told them. */
    void addChildren(List<ChildShard> children) {
        children.forEach(child -> parents.computeIfAbsent(child.shardId(), id -> new LinkedHashSet<>())
                .addAll(child.parentShards()));
    }

    /** The parents of a shard, also those that are not known otherwise. */
    Set<String> parents(String shard) {
        return parents.getOrDefault(shard, Set.of());
    }

    /** The shards that came out of this one. */
    Set<String> children(String shard) {
        Set<String> children = new TreeSet<>();
        parents.forEach((id, of) -> {
            if (of.contains(shard)) {
                children.add(id);
            }
        });
        return children;
    }

    /** Says that a shard is followed from now on. */
    void begin(String shard) {
        begun.add(shard);
    }

    /** Says that a shard was read to its end, or had been closed before following began, or is gone. */
    void end(String shard) {
        begun.add(shard);
        ended.add(shard);
    }

    /** The shards whose turn it is to be followed: nothing of their parents is left to be read. */
    Set<String> ready() {
        Set<String> ready = new TreeSet<>(parents.keySet());
        ready.removeAll(begun);
        ready.removeIf(shard -> parents(shard).stream().anyMatch(of -> parents.containsKey(of) && !ended.contains(of)));
        return ready;
    }

    /** All shards with a head. */
    Set<String> heads() {
        return Set.copyOf(heads);
    }

    /**
     * Says that a record of a shard was accepted.
     *
     * @return the ancestors whose heads count no longer
     */
    Set<String> accepted(String shard) {
        heads.add(shard);
        Set<String> ancestors = ancestors(shard);
        ancestors.retainAll(heads);
        heads.removeAll(ancestors);
        return ancestors;
    }

    /** Whether a head of the shard would count: no descendant has one. */
    boolean counts(String shard) {
        return children(shard).stream().allMatch(child -> !heads.contains(child) && counts(child));
    }

    /**
     * The closed shards that have to be looked back in, as all that came out of them has been, in vain.
     *
     * @param lookedBack the shards that have been looked back in
     */
    Set<String> next(Predicate<String> lookedBack) {
        Set<String> next = new TreeSet<>();
        for (String shard : parents.keySet()) {
            if (!lookedBack.test(shard) && !children(shard).isEmpty() && isChildless(shard, lookedBack)) {
                next.add(shard);
            }
        }
        return next;
    }

    /** Whether nothing that came out of a shard has a head, and all of it has been looked back in. */
    private boolean isChildless(String shard, Predicate<String> lookedBack) {
        return children(shard).stream()
                .allMatch(child -> lookedBack.test(child) && !heads.contains(child) && isChildless(child, lookedBack));
    }

    private Set<String> ancestors(String shard) {
        Set<String> found = new LinkedHashSet<>();
        for (String parent : parents(shard)) {
            if (found.add(parent)) {
                found.addAll(ancestors(parent));
            }
        }
        return found;
    }
}
