package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * What was followed so far: which stream it was, its shards, and which of them have heads. It knows no client. Not safe
 * for use by several threads.
 */
final class FollowedStream {

    private final Map<String, BigInteger> firstPositions = new HashMap<>();
    private final Map<String, HashKeyRange> hashKeys = new HashMap<>();
    private final Map<String, BigInteger> acceptedAt = new HashMap<>();
    private Lineage lineage = new Lineage();
    private @Nullable Instant created;
    private boolean known;
    private boolean lookBackIsDue;

    /**
     * Takes the stream as the server now describes it. If it is another stream than before, everything begins again.
     *
     * @param creation when it was created, or null if the server does not say
     * @param shards its shards
     * @return whether it replaced another stream
     */
    boolean adopt(@Nullable Instant creation, Collection<Shard> shards) {
        boolean recreated = (created != null && creation != null && !created.equals(creation)) || isOther(shards);
        if (recreated) {
            lineage = new Lineage();
            firstPositions.clear();
            hashKeys.clear();
            acceptedAt.clear();
        }
        known = true;
        created = creation == null && !recreated ? created : creation;
        note(shards);
        if (lookBackIsDue) {
            lookBackIsDue = false;
            lineage.lookBackAgain(ids(shards));
        }
        return recreated;
    }

    /** Notes that the look-back begins again with the next list of shards: a record is undecided. */
    void lookBackAgain() {
        lookBackIsDue = true;
    }

    /** Whether the stream was ever found. */
    boolean isKnown() {
        return known;
    }

    /** Whether these are the shards of another stream of the same name. Its shards have the same names, too. */
    boolean isOther(Collection<Shard> shards) {
        return shards.stream().anyMatch(shard -> {
            BigInteger known = firstPositions.get(shard.shardId());
            return known != null && !known.equals(firstPosition(shard));
        });
    }

    /** Takes the shards of a later listing of the same stream. */
    void note(Collection<Shard> shards) {
        for (Shard shard : shards) {
            firstPositions.put(shard.shardId(), firstPosition(shard));
            noteHashKeys(shard.shardId(), shard.hashKeyRange());
        }
        lineage.add(shards);
    }

    /** Takes the children of a shard from its last page. */
    void noteChildren(Collection<ChildShard> children) {
        children.forEach(child -> noteHashKeys(child.shardId(), child.hashKeyRange()));
        lineage.addChildren(children);
    }

    /**
     * Whether a record with this hash key may belong to a shard. After a reshard, a producer that does not know of it
     * yet may pack records of several shards into one.
     *
     * @param hashKey null if the producer chose none
     */
    boolean mayHold(String shard, @Nullable BigInteger hashKey) {
        HashKeyRange range = hashKeys.get(shard);
        return hashKey == null || range == null || KeySpace.holds(range, hashKey);
    }

    private void noteHashKeys(String shard, @Nullable HashKeyRange range) {
        if (range != null) {
            hashKeys.put(shard, range);
        }
    }

    /** Forgets the shards that were read to their end and are no longer listed. */
    void forgetExpired(Collection<Shard> listed) {
        Set<String> ids = ids(listed);
        lineage.retain(ids);
        firstPositions.keySet().retainAll(ids);
        hashKeys.keySet().retainAll(ids);
        acceptedAt.keySet().retainAll(ids);
    }

    Lineage lineage() {
        return lineage;
    }

    /**
     * Notes that a record of a shard was accepted.
     *
     * @param shard the shard
     * @param position the sequence number of the record
     * @return the ancestors whose heads no longer count
     */
    Set<String> accepted(String shard, BigInteger position) {
        acceptedAt.put(shard, position);
        return lineage.accepted(shard);
    }

    /** Whether this record of a shard, or a newer one, was accepted before. */
    boolean wasAccepted(String shard, BigInteger position) {
        BigInteger head = acceptedAt.get(shard);
        return head != null && position.compareTo(head) <= 0;
    }

    private static Set<String> ids(Collection<Shard> shards) {
        return shards.stream().map(Shard::shardId).collect(Collectors.toSet());
    }

    private static BigInteger firstPosition(Shard shard) {
        return new BigInteger(shard.sequenceNumberRange().startingSequenceNumber());
    }
}
